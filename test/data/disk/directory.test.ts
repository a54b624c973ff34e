import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError, encodeIdx, loadDirectory } from "../../../src/data/index.js";
import {
  directoryOf,
  fileOf,
  images,
  labels,
  smallDataset,
  temporaryDirectory,
} from "../fixtures.js";

const NAMES = Object.keys(smallDataset());

async function expectError(directory: string, ...messages: (string | RegExp)[]): Promise<void> {
  const loading = loadDirectory(directory);
  await expect(loading).rejects.toBeInstanceOf(DataError);
  for (const message of messages) await expect(loading).rejects.toThrow(message);
}

describe("a well-formed data set", () => {
  test("has images in columns, labels, and the sizes of both parts", async () => {
    expect(await loadDirectory(directoryOf(smallDataset()), "small")).toEqual({
      name: "small",
      classes: 10,
      train: {
        rows: 2,
        columns: 3,
        count: 3,
        pixels: Uint8Array.from({ length: 18 }, (_, i) => i),
        labels: Uint8Array.of(7, 0, 9),
      },
      test: {
        rows: 2,
        columns: 3,
        count: 2,
        pixels: Uint8Array.from({ length: 12 }, (_, i) => 100 + i),
        labels: Uint8Array.of(1, 2),
      },
    });
  });

  test("is called after its directory unless it is given a name", async () => {
    const directory = directoryOf(smallDataset(), join(temporaryDirectory(), "fashion"));
    expect((await loadDirectory(directory)).name).toBe("fashion");
    expect((await loadDirectory(`${directory}/`)).name).toBe("fashion");
  });

  test("may have labels in the first column of a table, as QMNIST has", async () => {
    const table = Int32Array.of(5, 4, 2424, 0, 9, 4, 1000, 1);
    const expected = Uint8Array.of(5, 9);
    for (const [type, data] of [
      ["i32", table],
      ["i16", Int16Array.from(table)],
      ["f64", Float64Array.from(table)],
    ] as const) {
      const bytes = encodeIdx({ type, dimensions: [2, 4], data } as Parameters<
        typeof encodeIdx
      >[0]);
      const directory = directoryOf({ ...smallDataset(), "t10k-labels-idx1-ubyte": bytes });
      expect((await loadDirectory(directory)).test.labels).toEqual(expected);
    }
  });
});

describe("file names", () => {
  test.each([
    ["as on the original site", (name: string) => `${name}.gz`],
    ["unpacked", (name: string) => name],
    ["with a dot", (name: string) => name.replace("-idx", ".idx")],
    ["with a dot, packed", (name: string) => `${name.replace("-idx", ".idx")}.gz`],
    [
      "mixed",
      (name: string) => (name.includes("train") ? `${name}.gz` : name.replace("-idx", ".idx")),
    ],
  ])("%s", async (_, rename) => {
    const files = Object.entries(smallDataset()).map(([name, bytes]) => {
      const renamed = rename(name);
      return [renamed, renamed.endsWith(".gz") ? gzipSync(bytes) : bytes] as const;
    });
    const { train, test } = await loadDirectory(directoryOf(Object.fromEntries(files)));
    expect([...train.labels, ...test.labels]).toEqual([7, 0, 9, 1, 2]);
    expect([train.pixels[0], test.pixels[0]]).toEqual([0, 100]);
  });

  test("the unpacked file goes before the packed one", async () => {
    const directory = directoryOf({
      ...smallDataset(),
      "t10k-labels-idx1-ubyte.gz": gzipSync(labels(3, 3)),
      "t10k-labels.idx1-ubyte": labels(4, 4),
    });
    expect((await loadDirectory(directory)).test.labels).toEqual(Uint8Array.of(1, 2));
  });

  test("a file goes before a directory of another spelling, as one archive has both", async () => {
    const { "train-images-idx3-ubyte": trainImages, ...others } = smallDataset();
    const directory = directoryOf({
      ...others,
      "train-images.idx3-ubyte": trainImages as Uint8Array,
    });
    mkdirSync(join(directory, "train-images-idx3-ubyte"));
    expect((await loadDirectory(directory)).train.count).toBe(3);
  });

  test.skipIf(process.platform === "win32")("symbolic links are followed", async () => {
    const { "t10k-labels-idx1-ubyte": testLabels, ...others } = smallDataset();
    const directory = directoryOf(others);
    symlinkSync(fileOf(testLabels as Uint8Array), join(directory, "t10k-labels-idx1-ubyte"));
    expect((await loadDirectory(directory)).test.labels).toEqual(Uint8Array.of(1, 2));
  });
});

describe("what is missing", () => {
  test.each(NAMES)(
    "%s: the error names both spellings, and no file that is there",
    async (name) => {
      const { [name]: _, ...others } = smallDataset();
      const directory = directoryOf(others);
      await expectError(
        directory,
        directory,
        name,
        name.replace("-idx", ".idx"),
        "with or without .gz",
      );
      for (const other of Object.keys(others)) {
        await expect(loadDirectory(directory)).rejects.not.toThrow(other);
      }
    },
  );

  test("everything: the error names all four", async () => {
    await expectError(temporaryDirectory(), ...NAMES);
  });

  test("the directory", async () => {
    const directory = join(temporaryDirectory(), "absent");
    await expectError(
      directory,
      `Cannot read the directory ${directory}: no such file or directory; check the name.`,
    );
  });

  test("the directory, a file being in its place", async () => {
    await expectError(
      fileOf(labels(1)),
      "the path, or a part of it, is a file, not a folder; check the name.",
    );
  });

  test("a file, a directory being in its place", async () => {
    const { "train-labels-idx1-ubyte": _, ...others } = smallDataset();
    const directory = directoryOf(others);
    mkdirSync(join(directory, "train-labels-idx1-ubyte"));
    await expectError(directory, "train-labels-idx1-ubyte: it is a folder, not a file");
  });
});

describe("files that are no data set are refused with the file and the fault", () => {
  const u8 = (...dimensions: number[]) =>
    encodeIdx({
      type: "u8",
      dimensions,
      data: new Uint8Array(dimensions.reduce((product, dimension) => product * dimension, 1)),
    });
  const f32 = (...values: number[]) =>
    encodeIdx({ type: "f32", dimensions: [values.length], data: Float32Array.from(values) });

  test.each([
    [
      "fewer labels than images",
      "train-labels-idx1-ubyte",
      labels(1, 2),
      /3 images, but .* 2 labels/,
    ],
    [
      "more labels than images",
      "t10k-labels-idx1-ubyte",
      labels(1, 2, 3),
      /2 images, but .* 3 labels/,
    ],
    [
      "a label of 10",
      "train-labels-idx1-ubyte",
      labels(1, 2, 10),
      "the label 10 at index 2; expected whole numbers from 0 to 9.",
    ],
    ["a negative label", "t10k-labels-idx1-ubyte", f32(1, -1), "the label -1 at index 1"],
    ["a fractional label", "t10k-labels-idx1-ubyte", f32(0.5, 1), "the label 0.5 at index 0"],
    ["a label that is not a number", "t10k-labels-idx1-ubyte", f32(0, Number.NaN), "the label NaN"],
    ["no labels", "t10k-labels-idx1-ubyte", labels(), /2 images, but .* 0 labels/],
    [
      "labels in rows of none",
      "t10k-labels-idx1-ubyte",
      u8(2, 0),
      "holds u8 of 2×0; expected labels",
    ],
    ["images in place of labels", "t10k-labels-idx1-ubyte", u8(2, 3, 3), "expected labels"],
    ["labels in place of images", "t10k-images-idx3-ubyte", labels(1, 2), "expected images"],
    ["images of rank 4", "t10k-images-idx3-ubyte", u8(2, 2, 3, 1), "holds u8 of 2×2×3×1"],
    ["no images", "t10k-images-idx3-ubyte", u8(0, 2, 3), "holds no images"],
    ["images of no rows", "t10k-images-idx3-ubyte", u8(2, 0, 3), "expected images"],
    ["images of no columns", "t10k-images-idx3-ubyte", u8(2, 2, 0), "expected images"],
    ["another number of rows", "t10k-images-idx3-ubyte", images(2, 3, 3), /2×3 pixels, but .* 3×3/],
    [
      "another number of columns",
      "t10k-images-idx3-ubyte",
      images(2, 2, 4),
      /2×3 pixels, but .* 2×4/,
    ],
    ["the same pixels in another shape", "t10k-images-idx3-ubyte", images(2, 3, 2), /2×3 .* 3×2/],
    [
      "images of another type",
      "t10k-images-idx3-ubyte",
      encodeIdx({ type: "i8", dimensions: [2, 2, 3], data: new Int8Array(12) }),
      "holds i8 of 2×2×3; expected images: u8",
    ],
    ["a truncated file", "train-images-idx3-ubyte", images(3).subarray(0, 20), "is truncated"],
  ])("%s", async (_, name, bytes, message) => {
    await expectError(directoryOf({ ...smallDataset(), [name]: bytes }), name, message);
  });
});
