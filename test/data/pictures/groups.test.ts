/**
 * What a network that was trained with MNIST reads in pictures of all kinds, made by program. `npm test`
 * tries one digit of each kind with a network that was trained briefly. `npm run pictures` tries 150
 * (PICTURES says how many) with the network of the default recipe, and prints what is read of each kind.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { loadDirectory } from "../../../src/data/index.js";
import { inkOf } from "../../../src/data/pictures/ink.js";
import { decodeJpeg } from "../../../src/data/pictures/jpeg/decode.js";
import { normalise } from "../../../src/data/pictures/normalise.js";
import { reduced } from "../../../src/data/pictures/reduction.js";
import { engine } from "../../../src/engine/index.js";
import { classify, type TrainedNetwork } from "../../../src/training/index.js";
import { run } from "../../support/command.js";
import { digitsOf, drawnDigits, type Group, groupsOf } from "../../support/pictures/groups.js";
import { encodeJpeg } from "../../support/pictures/jpeg.js";
import { realData } from "../../support/real-data.js";
import { temporaryDirectory } from "../fixtures.js";

const { PICTURES } = process.env;
const ALL = PICTURES === undefined ? undefined : Number(PICTURES);

/** The largest side of the pictures of `npm test`, in pixels: larger ones take long to make. */
const LARGEST = 300;

const SIZE = 28 * 28;
const HOURS = 2 * 3_600_000;

async function seen({ picture, quality }: Group, i: number): Promise<Uint8Array> {
  const made = picture(i);
  const read = quality
    ? await decodeJpeg(await encodeJpeg(made, { quality }), "x.jpg")
    : reduced(made);
  return normalise(inkOf(read, "x.png"));
}

describe.skipIf(realData === undefined)("of pictures of", () => {
  let network: Promise<TrainedNetwork> | undefined;

  async function train(): Promise<TrainedNetwork> {
    const file = join(temporaryDirectory(), "run.safetensors");
    const epochs = ALL === undefined ? ["--epochs", "3"] : [];
    const args = ["--data-dir", realData as string, ...epochs, "--save", file, "--quiet"];
    expect((await run(args)).stderr).toBe("");
    return readCheckpoint(file);
  }

  /** How many of some digits to which the same has happened the network reads. */
  async function readOf(group: Group, indices: readonly number[], label: (i: number) => number) {
    const pixels = new Uint8Array(SIZE * indices.length);
    for (const [k, i] of indices.entries()) pixels.set(await seen(group, i), SIZE * k);
    const images = { rows: 28, columns: 28, count: indices.length, pixels };
    network ??= train();
    const { predicted } = await classify(await network, images, engine({ threads: 1 }));
    return indices.filter((i, k) => predicted[k] === label(i)).length;
  }

  const sources = [
    {
      name: "MNIST, enlarged,",
      load: async () => {
        const { test: images } = await loadDirectory(realData as string);
        return digitsOf("MNIST", images.pixels, images.labels);
      },
    },
    { name: "digits drawn as strokes", load: async () => drawnDigits() },
  ];

  test.skipIf(ALL !== undefined).each(sources)("$name nearly all are read", async ({ load }) => {
    const digits = await load();
    const groups = groupsOf(digits).filter(({ side }) => side <= LARGEST);
    let right = 0;
    for (const [k, group] of groups.entries()) right += await readOf(group, [k], digits.label);
    expect(right / groups.length).toBeGreaterThan(0.93);
  });

  test.runIf(ALL !== undefined).each(sources)(
    "$name 97% are read, whatever happens to them, if 98% are of plain ones",
    async ({ name, load }) => {
      const digits = await load();
      const count = ALL as number;
      const indices = Array.from({ length: count }, (_, i) => i);
      let isPlainRead = false;
      for (const group of groupsOf(digits)) {
        const part = (await readOf(group, indices, digits.label)) / count;
        if (group.name === "plain") isPlainRead = part >= 0.98;
        const message = `${name} ${group.name}: ${(100 * part).toFixed(1)}%`;
        process.stdout.write(`${message}\n`);
        if (isPlainRead) expect.soft(part, message).toBeGreaterThanOrEqual(0.97);
      }
      expect(isPlainRead).toBe(true);
    },
    HOURS,
  );
});
