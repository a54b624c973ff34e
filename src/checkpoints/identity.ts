/** Which images and labels a network was trained on. */
import { sha256 } from "#platform";
import type { Dataset } from "../data/dataset.js";

export interface DatasetIdentity {
  readonly name: string;
  /** The SHA-256 of all sizes, images and labels, in hexadecimal digits. */
  readonly sha256: string;
}

/** Two data sets are the same if their digests are, whatever they are called. */
export function identityOf({ name, classes, train, test }: Dataset): DatasetIdentity {
  const pieces = [train, test].flatMap(({ rows, columns, count, pixels, labels }) => [
    Float64Array.of(classes, rows, columns, count),
    pixels,
    labels,
  ]);
  return { name, sha256: sha256(pieces) };
}
