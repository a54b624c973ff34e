/** Which images and labels a network was trained on, and which weights it has. */
import { sha256 } from "#platform";
import type { Matrix } from "../autodiff/index.js";
import { checkImages, type Dataset } from "../data/dataset.js";
import { expectObject } from "../given.js";
import type { Parameters } from "../nn/index.js";

/** What tells a data set from all others. */
export interface DatasetIdentity {
  readonly name: string;
  /** The SHA-256 of all sizes, images and labels, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * The identity of a data set. Two are the same if their digests are, whatever they are called. Throws a TypeError or
 * a DataError if it is not a data set.
 */
export function identityOf(dataset: Dataset): DatasetIdentity {
  expectObject("identityOf: the data set", dataset, "an object, { name, classes, train, test }");
  const { name, classes, train, test } = dataset;
  checkImages(train, "identityOf: the training images");
  checkImages(test, "identityOf: the test images");
  const pieces = [train, test].flatMap(({ rows, columns, count, pixels, labels }) => [
    Float64Array.of(classes, rows, columns, count),
    pixels,
    labels,
  ]);
  return { name, sha256: sha256(pieces) };
}

/** The SHA-256 of all weights and biases in order, as the trainer of the run gives it. */
export function weightsSha256(layers: Parameters<Matrix>): string {
  return sha256(layers.flatMap(({ w, b }) => [w.data, b.data] as Float32Array[]));
}
