/** Made-up data sets as the four files that the command reads. */
import { gzipSync } from "node:zlib";
import { type Dataset, encodeIdx, type Images } from "../../src/data/index.js";
import { directoryOf } from "../data/fixtures.js";
import { separableDataset } from "./digits.js";

/** A directory with the files of a data set, gzipped, that is removed at the end of the test. */
export function dataDirectory({ train, test }: Dataset = separableDataset(80, 20)): string {
  return directoryOf({
    "train-images-idx3-ubyte.gz": imageFile(train),
    "train-labels-idx1-ubyte.gz": labelFile(train),
    "t10k-images-idx3-ubyte.gz": imageFile(test),
    "t10k-labels-idx1-ubyte.gz": labelFile(test),
  });
}

function imageFile({ count, rows, columns, pixels }: Images): Uint8Array {
  return gzipSync(encodeIdx({ type: "u8", dimensions: [count, rows, columns], data: pixels }));
}

function labelFile({ count, labels }: Images): Uint8Array {
  return gzipSync(encodeIdx({ type: "u8", dimensions: [count], data: labels }));
}
