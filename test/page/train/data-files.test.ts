/** Data sets of four files in the page: EMNIST and QMNIST, which are not as MNIST is. */
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { encodeIdx } from "../../../src/data/index.js";
import { datasetOfFiles, servedDataset } from "../../../src/page/given/data-files.js";
import { images, labels } from "../../data/fixtures.js";

const letters: Record<string, Uint8Array> = {
  "emnist-letters-train-images-idx3-ubyte": images(3),
  "emnist-letters-train-labels-idx1-ubyte": labels(1, 2, 26),
  "emnist-letters-test-images-idx3-ubyte": images(2, 2, 3, 100),
  "emnist-letters-test-labels-idx1-ubyte": labels(3, 4),
};

const filesOf = (contents: Record<string, Uint8Array>) =>
  Object.entries(contents).map(
    ([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name),
  );

/** Files hold 2×3 pixels, 0 1 2 and 3 4 5, and the next image from 6 on. */
const UPRIGHT = [0, 3, 1, 4, 2, 5, 6, 9];

function expectLetters(set: Awaited<ReturnType<typeof datasetOfFiles>>): void {
  expect({ name: set.name, classes: set.classes }).toEqual({ name: "emnist-letters", classes: 26 });
  expect(set.train).toMatchObject({ rows: 3, columns: 2, labels: Uint8Array.of(0, 1, 25) });
  expect([...set.train!.pixels.subarray(0, 8)]).toEqual(UPRIGHT);
  expect(set.test.labels).toEqual(Uint8Array.of(2, 3));
  expect([...set.test.pixels.subarray(0, 3)]).toEqual([100, 103, 101]);
}

describe("four files that are given", () => {
  test("are a split of EMNIST if they are called so", async () => {
    expectLetters(await datasetOfFiles(filesOf(letters)));
  });

  test("are so as archives unpack them, and packed", async () => {
    const others = Object.entries(letters).map(([name, bytes], k) =>
      k % 2 === 0 ? [`${name}.gz`, gzipSync(bytes)] : [name.replace("-idx", ".idx"), bytes],
    );
    expectLetters(await datasetOfFiles(filesOf(Object.fromEntries(others))));
  });

  test("are digits if one is called otherwise, and then as they lie", async () => {
    const { "emnist-letters-test-labels-idx1-ubyte": one, ...rest } = letters;
    const renamed = { ...rest, "more-labels": one! };
    await expect(datasetOfFiles(filesOf(renamed))).rejects.toThrow(/has the label 26 at index 2/);
    const digits = { ...renamed, "emnist-letters-train-labels-idx1-ubyte": labels(1, 2, 9) };
    const { name, classes, train } = await datasetOfFiles(filesOf(digits));
    expect({ name, classes }).toEqual({ name: "files of your own", classes: 10 });
    expect([...train!.pixels.subarray(0, 3)]).toEqual([0, 1, 2]);
  });

  test("are QMNIST if they are called so", async () => {
    const rows = Int32Array.from([5, 0, 99, 1, 2, 3, 4, 6, 7, 1, 98, 9, 8, 7, 6, 5]);
    const long = encodeIdx({ type: "i32", dimensions: [2, 8], data: rows });
    const files = filesOf({
      "qmnist-train-images-idx3-ubyte": images(2),
      "qmnist-train-labels-idx2-int": long,
      "qmnist-test-images-idx3-ubyte": images(2),
      "qmnist-test-labels-idx2-int": long,
    });
    const { name, train } = await datasetOfFiles(files);
    expect({ name, labels: train!.labels }).toEqual({
      name: "qmnist",
      labels: Uint8Array.of(5, 7),
    });
  });
});

test("a data set of the server is read as the server says that it is", async () => {
  vi.stubGlobal("fetch", (path: string) => Promise.resolve(new Response(letters[path] as never)));
  onTestFinished(() => void vi.unstubAllGlobals());
  const part = (name: string) => ({
    images: `emnist-letters-${name}-images-idx3-ubyte`,
    labels: `emnist-letters-${name}-labels-idx1-ubyte`,
  });
  const files = { train: part("train"), test: part("test") };
  const kind = { classes: 26, firstLabel: 1, isTransposed: true };
  expectLetters(await servedDataset({ name: "emnist-letters", ...kind, files }));
});
