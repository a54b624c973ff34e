/** Which images and labels a network was trained on. */
import { createHash } from "node:crypto";
import type { Dataset } from "../data/index.js";

export interface DatasetIdentity {
  readonly name: string;
  /** The SHA-256 of all sizes, images and labels, in hexadecimal digits. */
  readonly sha256: string;
}

/** Two data sets are the same if their digests are, whatever they are called. */
export function identityOf({ name, classes, train, test }: Dataset): DatasetIdentity {
  const hash = createHash("sha256");
  for (const { rows, columns, count, pixels, labels } of [train, test]) {
    hash
      .update(Float64Array.of(classes, rows, columns, count))
      .update(pixels)
      .update(labels);
  }
  return { name, sha256: hash.digest("hex") };
}
