/** Small files in the format of MNIST for the tests of the data part. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { encodeIdx } from "../../src/data/index.js";

/** A directory that is removed at the end of the test that calls this. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "train-mnist-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The path of a new file with the given bytes. */
export function fileOf(bytes: Uint8Array, name = "file"): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, bytes);
  return path;
}

/** An IDX file of images whose pixels count up from `first`. */
export function images(count: number, rows = 2, columns = 3, first = 0): Uint8Array {
  const data = Uint8Array.from({ length: count * rows * columns }, (_, i) => first + i);
  return encodeIdx({ type: "u8", dimensions: [count, rows, columns], data });
}

/** An IDX file of labels. */
export function labels(...classes: number[]): Uint8Array {
  return encodeIdx({ type: "u8", dimensions: [classes.length], data: Uint8Array.from(classes) });
}

/** The contents of a well-formed data set: three training images, two test images. */
export function smallDataset(): Record<string, Uint8Array> {
  return {
    "train-images-idx3-ubyte": images(3),
    "train-labels-idx1-ubyte": labels(7, 0, 9),
    "t10k-images-idx3-ubyte": images(2, 2, 3, 100),
    "t10k-labels-idx1-ubyte": labels(1, 2),
  };
}

/** Writes files into a directory, by default a temporary one, and returns the directory. */
export function directoryOf(
  files: Record<string, Uint8Array>,
  directory = temporaryDirectory(),
): string {
  mkdirSync(directory, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(directory, name), bytes);
  return directory;
}
