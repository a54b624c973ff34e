/** QMNIST and EMNIST, under the names that they are distributed with. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { classNames } from "../../../src/data/class-names.js";
import { testedOn } from "../../../src/data/disk/directory.js";
import { DataError, encodeIdx, loadDirectory, readImages } from "../../../src/data/index.js";
import { directoryOf, images, labels, smallDataset } from "../fixtures.js";

/** A split of EMNIST with two images to train on and two to test. */
function emnist(split: string, ...classes: number[]): Record<string, Uint8Array> {
  return {
    [`emnist-${split}-train-images-idx3-ubyte`]: images(2),
    [`emnist-${split}-train-labels-idx1-ubyte`]: labels(...classes),
    [`emnist-${split}-test-images-idx3-ubyte.gz`]: gzipSync(images(2, 2, 3, 100)),
    [`emnist-${split}-test-labels-idx1-ubyte.gz`]: gzipSync(labels(...classes)),
  };
}

function qmnist(): Record<string, Uint8Array> {
  const rows = Int32Array.from([5, 0, 99, 1, 2, 3, 4, 6, 7, 1, 98, 9, 8, 7, 6, 5]);
  const long = encodeIdx({ type: "i32", dimensions: [2, 8], data: rows });
  return {
    "qmnist-train-images-idx3-ubyte.gz": gzipSync(images(2)),
    "qmnist-train-labels-idx2-int.gz": gzipSync(long),
    "qmnist-test-images-idx3-ubyte": images(2),
    "qmnist-test-labels-idx2-int": long,
  };
}

describe("EMNIST", () => {
  test("has its images turned upright, and letters counted from 0", async () => {
    const { name, classes, train, test } = await loadDirectory(
      directoryOf(emnist("letters", 1, 26)),
    );
    expect({ name, classes }).toEqual({ name: "emnist-letters", classes: 26 });
    expect(train.labels).toEqual(Uint8Array.of(0, 25));
    // Files hold 2×3 pixels: 0 1 2 and 3 4 5.
    expect(train).toMatchObject({ rows: 3, columns: 2, count: 2 });
    expect([...train.pixels]).toEqual([0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]);
    expect([...test.pixels].slice(0, 6)).toEqual([100, 103, 101, 104, 102, 105]);
  });

  test.each([
    { split: "balanced", last: 46, name: "t" },
    { split: "byclass", last: 61, name: "z" },
    { split: "bymerge", last: 46, name: "t" },
    { split: "letters", last: 26, name: "Z" },
  ])("has the classes of $split, with their names", async ({ split, last, name }) => {
    const dataset = await loadDirectory(directoryOf(emnist(split, 1, last)));
    const names = classNames(dataset.name)!;
    expect(names).toHaveLength(dataset.classes);
    expect(new Set(names).size).toBe(dataset.classes);
    expect(names[dataset.train.labels[1]!]).toBe(name);
    for (const labels of [[1, last + 1], split === "letters" ? [0, 1] : [255, 1]]) {
      const loading = loadDirectory(directoryOf(emnist(split, ...labels)));
      await expect(loading).rejects.toThrow(
        /has the label \d+ at index \d; expected whole numbers/,
      );
    }
  });

  test("has small letters of their own where the paper does not merge them with the capitals", () => {
    const alphabet = [..."abcdefghijklmnopqrstuvwxyz"];
    // Cohen and others, section II.B: these look alike, small and large.
    const merged = new Set("cijklmopsuvwxyz");
    const digits = [..."0123456789"];
    const capitals = alphabet.map((letter) => letter.toUpperCase());
    const apart = alphabet.filter((letter) => !merged.has(letter));
    for (const split of ["balanced", "bymerge"]) {
      expect(classNames(`emnist-${split}`)).toEqual([...digits, ...capitals, ...apart]);
    }
    expect(classNames("emnist-byclass")).toEqual([...digits, ...capitals, ...alphabet]);
    expect(classNames("emnist-letters")).toEqual(capitals);
  });

  test("shows letters upright, of a file that has them column by column", async () => {
    const side = 28;
    // An L: a stroke down on the left, and one to the right at the bottom.
    const isInk = (r: number, c: number) =>
      (c === 8 && r >= 5 && r < 22) || (r === 21 && c >= 8 && c < 18);
    const pixels = Uint8Array.from({ length: side ** 2 }, (_, i) =>
      isInk(i % side, Math.floor(i / side)) ? 255 : 0,
    );
    const stored = encodeIdx({ type: "u8", dimensions: [1, side, side], data: pixels });
    const part = (name: string) => ({
      [`emnist-letters-${name}-images-idx3-ubyte`]: stored,
      [`emnist-letters-${name}-labels-idx1-ubyte`]: labels(12),
    });
    // What comes with the files, and is not needed.
    const mapping = { "emnist-letters-mapping.txt": Buffer.from("1 65 97\n2 66 98\n") };
    const folder = directoryOf({ ...part("train"), ...part("test"), ...mapping });
    const { name, train } = await loadDirectory(folder);
    expect(classNames(name)![train.labels[0]!]).toBe("L");
    train.pixels.forEach((ink, i) => {
      expect(ink > 0).toBe(isInk(Math.floor(i / side), i % side));
    });
  });

  test.each(["digits", "mnist"])("has digits in %s, without names", async (split) => {
    const { name, classes } = await loadDirectory(directoryOf(emnist(split, 0, 9)));
    expect({ name, classes, names: classNames(name) }).toEqual({
      ...{ name: `emnist-${split}`, classes: 10, names: undefined },
    });
  });

  test("in a folder with several splits is taken by its name", async () => {
    const folder = directoryOf({ ...emnist("letters", 1, 2), ...emnist("digits", 1, 2) });
    const loading = loadDirectory(folder);
    await expect(loading).rejects.toThrow(DataError);
    await expect(loading).rejects.toThrow(
      `${folder} has the data sets emnist-digits, emnist-letters: choose one by its name or name a folder that has one alone.`,
    );
    const { name } = await loadDirectory(folder, undefined, "emnist-letters");
    expect(name).toBe("emnist-letters");
    await expect(loadDirectory(folder, undefined, "emnist-balanced")).rejects.toThrow(
      /lacks files of emnist-balanced: looked for emnist-balanced-train-images-idx3-ubyte or/,
    );
  });

  test("names the file of a split that is missing", async () => {
    const files = emnist("letters", 1, 2);
    delete files["emnist-letters-train-labels-idx1-ubyte"];
    await expect(loadDirectory(directoryOf(files))).rejects.toThrow(
      /lacks files of emnist-letters: looked for emnist-letters-train-labels-idx1-ubyte or emnist-letters-train-labels\.idx1-ubyte, with or without \.gz\.$/,
    );
  });

  test("is turned where its images are read alone, too", async () => {
    const folder = directoryOf(emnist("letters", 1, 2));
    const { rows, pixels } = await readImages(
      join(folder, "emnist-letters-test-images-idx3-ubyte.gz"),
    );
    expect([rows, ...pixels.subarray(0, 3)]).toEqual([3, 100, 103, 101]);
  });
});

describe("QMNIST", () => {
  test("has the class in the first column of its labels", async () => {
    const { name, classes, train, test } = await loadDirectory(directoryOf(qmnist()));
    expect({ name, classes }).toEqual({ name: "qmnist", classes: 10 });
    expect(train).toMatchObject({ rows: 2, columns: 3, labels: Uint8Array.of(5, 7) });
    expect([...train.pixels].slice(0, 3)).toEqual([0, 1, 2]);
    expect(test.labels).toEqual(Uint8Array.of(5, 7));
  });

  test("is left where a folder has files with the names of MNIST", async () => {
    const folder = directoryOf({ ...qmnist(), ...smallDataset() });
    expect((await loadDirectory(folder)).train.count).toBe(3);
  });
});

test("a data set is not tested on one with other classes", async () => {
  const digits = await loadDirectory(directoryOf(smallDataset()), "digits");
  const tested = await testedOn(digits, directoryOf(qmnist()));
  expect(tested).toMatchObject({ name: "digits, tested on qmnist", classes: 10 });
  await expect(testedOn(digits, directoryOf(emnist("letters", 1, 2)))).rejects.toThrow(
    "emnist-letters has 26 classes, but digits has 10: one cannot be tested on the other.",
  );
});
