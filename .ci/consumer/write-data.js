// Writes a small data set in MNIST's format: each class is a bright bar in a place of its own.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeIdx } from "train-mnist";

const directory = process.argv[2];
mkdirSync(directory);

function write(prefix, count) {
  const labels = Uint8Array.from({ length: count }, (_, i) => (i * 7) % 10);
  const pixels = new Uint8Array(count * 784);
  labels.forEach((label, i) => {
    pixels.fill(200 + (i % 50), i * 784 + label * 70, i * 784 + label * 70 + 56);
  });
  const save = (name, idx) =>
    writeFileSync(join(directory, `${prefix}-${name}-ubyte`), encodeIdx(idx));
  save("images-idx3", { type: "u8", dimensions: [count, 28, 28], data: pixels });
  save("labels-idx1", { type: "u8", dimensions: [count], data: labels });
}

write("train", 440);
write("t10k", 100);
