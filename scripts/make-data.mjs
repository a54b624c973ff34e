// Draws the digits in data/, bit for bit the same on every machine: npm run build && npm run make:data
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { generateDigits } from "../dist/src/data/generated/generate.js";
import { encodeIdx } from "../dist/src/data/idx.js";

const SEED = 1;
const TRAIN = 20_000;
const TEST = 2_000;

/** Digits that a small network can learn to read from as many examples. */
const WILDNESS = 0.4;

function write(prefix, first, count) {
  const { pixels, labels, rows, columns } = generateDigits({
    seed: SEED,
    first,
    count,
    wildness: WILDNESS,
  });
  const save = (name, array) => {
    const file = new URL(`../data/${prefix}-${name}-ubyte.gz`, import.meta.url);
    writeFileSync(file, gzipSync(encodeIdx(array), { level: 9 }));
  };
  save("images-idx3", { type: "u8", dimensions: [count, rows, columns], data: pixels });
  save("labels-idx1", { type: "u8", dimensions: [count], data: labels });
}

write("train", 0, TRAIN);
write("t10k", TRAIN, TEST);
