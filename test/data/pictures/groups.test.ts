/**
 * What a network that was trained with MNIST reads in pictures of all kinds, made by program. A few digits of
 * each kind are tried; PICTURES=150 tries so many, prints what is read of each kind, and expects 97% of each.
 * PICTURES_NETWORK names a saved network; without it a small one is trained for a few epochs.
 */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { loadDirectory } from "../../../src/data/index.js";
import { inkOf } from "../../../src/data/pictures/ink.js";
import { decodeJpeg } from "../../../src/data/pictures/jpeg/decode.js";
import { normalise } from "../../../src/data/pictures/normalise.js";
import { reduced } from "../../../src/data/pictures/reduction.js";
import { engine } from "../../../src/engine/index.js";
import { classify, type TrainedNetwork } from "../../../src/training/index.js";
import { run } from "../../support/command.js";
import { type Digits, digitsOf, drawnDigits, type Group, groupsOf } from "../../support/pictures/groups.js";
import { encodeJpeg } from "../../support/pictures/jpeg.js";
import { realData } from "../../support/real-data.js";
import { temporaryDirectory } from "../fixtures.js";

const { PICTURES, PICTURES_NETWORK } = process.env;
const COUNT = Number(PICTURES ?? 6);
const SIZE = 28 * 28;
const HOUR = 3_600_000;

/** Larger pictures take long to make: fewer of them are. */
const countFor = ({ side }: Group) =>
  Math.min(COUNT, PICTURES ? (side > 1000 ? 30 : 150) : side > 1000 ? 0 : COUNT);

async function seen({ picture, quality }: Group, i: number): Promise<Uint8Array> {
  const made = picture(i);
  const read = quality
    ? await decodeJpeg(await encodeJpeg(made, { quality }), "x.jpg")
    : reduced(made);
  return normalise(inkOf(read, "x.png"));
}

describe.skipIf(realData === undefined)("of pictures of", () => {
  let network: TrainedNetwork;
  let sources: Record<string, Digits>;

  beforeAll(async () => {
    const { test: images } = await loadDirectory(realData as string);
    sources = {
      MNIST: digitsOf("MNIST", images.pixels, images.labels),
      drawn: drawnDigits(),
    };
    const file = PICTURES_NETWORK ?? join(temporaryDirectory(), "run.safetensors");
    if (!PICTURES_NETWORK) {
      const args = ["--data-dir", realData as string, "--epochs", "4", "--save", file, "--quiet"];
      expect((await run(args)).stderr).toBe("");
    }
    network = await readCheckpoint(file);
  }, HOUR);

  test.each(["MNIST", "drawn"])("digits (%s) nearly all are read, whatever has happened to them", async (name) => {
    const digits = sources[name] as Digits;
    const executor = engine({ threads: 1 });
    let [right, all] = [0, 0];
    for (const group of groupsOf(digits)) {
      const count = countFor(group);
      if (count === 0) continue;
      const pixels = new Uint8Array(SIZE * count);
      for (let i = 0; i < count; i++) pixels.set(await seen(group, i), SIZE * i);
      const images = { rows: 28, columns: 28, count, pixels };
      const { predicted } = await classify(network, images, executor);
      const read = predicted.filter((digit, i) => digit === digits.label(i)).length;
      right += read;
      all += count;
      if (!PICTURES) continue;
      process.stdout.write(`${name}, ${group.name}: ${read} of ${count}\n`);
      expect.soft(read / count, `${name}, ${group.name}`).toBeGreaterThanOrEqual(0.97);
    }
    expect(right / all).toBeGreaterThan(0.95);
  }, HOUR);
});
