import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { copyFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkWritable } from "../../src/checkpoints/files.js";
import {
  CheckpointError,
  encodeCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from "../../src/checkpoints/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { SOURCE, someCheckpoint } from "../support/checkpoints.js";

const [OLD, NEW] = [someCheckpoint({ images: 5 }), someCheckpoint({ images: 20 })];

test("a file that is replaced while it is read is the old one or the new one", async () => {
  const directory = temporaryDirectory();
  const file = join(directory, SOURCE);
  // Their headers differ in length, as those of two epochs do.
  const flags = { ...NEW.flags, name: "x".repeat(500) };
  const files = [OLD, { ...NEW, flags }].map((checkpoint, k) => {
    const bytes = Buffer.concat(encodeCheckpoint(checkpoint));
    const path = join(directory, `${k}`);
    writeFileSync(path, bytes);
    return { path, images: checkpoint.images };
  });
  copyFileSync(files[0]!.path, file);
  let reading = true;
  const replaced = (async () => {
    for (let k = 0; reading; k = 1 - k) {
      await copyFile(files[k]!.path, `${file}.part`);
      await rename(`${file}.part`, file);
    }
  })();
  try {
    for (let time = 0; time < 200; time++) {
      const { images } = await readCheckpoint(file);
      expect(files.map((each) => each.images)).toContain(images);
    }
  } finally {
    reading = false;
    await replaced;
  }
});

describe("saving", () => {
  test("puts the new checkpoint in the place of the old one", async () => {
    const directory = temporaryDirectory();
    const file = join(directory, SOURCE);
    for (const checkpoint of [OLD, NEW]) {
      await writeCheckpoint(file, checkpoint);
      expect(await readCheckpoint(file)).toEqual(checkpoint);
    }
    expect(readdirSync(directory)).toEqual([SOURCE]);
  });

  test("refuses weights that are not numbers, and keeps what is there", async () => {
    const file = join(temporaryDirectory(), SOURCE);
    await writeCheckpoint(file, OLD);
    const before = readFileSync(file);
    const layers = structuredClone(NEW.layers);
    layers[1]!.b.data[0] = Number.NaN;
    const saved = writeCheckpoint(file, { ...NEW, layers });
    await expect(saved).rejects.toThrow(CheckpointError);
    await expect(saved).rejects.toThrow(/^The weights are no longer finite numbers [^\n]+\.$/);
    expect(readFileSync(file)).toEqual(before);
  });

  test.each([
    { what: "tried", attempt: checkWritable },
    { what: "done", attempt: (path: string) => writeCheckpoint(path, NEW) },
  ])("where it cannot be, is one sentence when it is $what", async ({ attempt }) => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "folder"));
    writeFileSync(join(directory, "file"), "");
    const refusals: [name: string, says: RegExp][] = [
      ["none/model", /^Cannot save to [^\n]+; create the folder first, or choose another\.$/],
      ["folder", /^Cannot save to [^\n]+: it is a folder, not a file; choose another name\.$/],
      [
        "file/model",
        /^Cannot save to [^\n]+: the path, or a part of it, is a file, not a folder; choose another folder\.$/,
      ],
    ];
    for (const [name, says] of refusals) {
      const attempted = attempt(join(directory, name));
      await expect(attempted).rejects.toThrow(CheckpointError);
      await expect(attempted).rejects.toThrow(says);
    }
    expect(readdirSync(directory).sort()).toEqual(["file", "folder"]);
  });
});

describe("reading", () => {
  test.each([
    { what: "zeros", header: "", says: /is not a safetensors file: its header is not JSON/ },
    {
      what: "another network",
      header: JSON.stringify({
        w: { dtype: "F32", shape: [750_000_000], data_offsets: [0, 3_000_000_000] },
      }),
      says: /is a safetensors file, but not one that train-mnist has saved/,
    },
  ])("does so of no more than the header of 3 GB of $what", async ({ header, says }) => {
    const file = join(temporaryDirectory(), SOURCE);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(file, Buffer.concat([length, Buffer.from(header)]));
    truncateSync(file, 8 + header.length + 3_000_000_000);
    await expect(readCheckpoint(file)).rejects.toThrow(says);
  });

  test("what is no file is refused in one sentence", async () => {
    const directory = temporaryDirectory();
    const none = readCheckpoint(join(directory, "none"));
    await expect(none).rejects.toThrow(
      /^Cannot read [^\n]+: no such file or directory; check the name\.$/,
    );
    const folder = readCheckpoint(directory);
    await expect(folder).rejects.toThrow(CheckpointError);
    await expect(folder).rejects.toThrow(
      /^Cannot read [^\n]+: it is a folder, not a file; name a file\.$/,
    );
  });
});
