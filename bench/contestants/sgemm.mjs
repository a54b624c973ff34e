/**
 * The floor: OpenBLAS's sgemm alone, on the dense products of one training step and nothing else.
 *
 * Column-major, one sample per column: Z = W A, W += δ Aᵀ and, but for the first layer, Aᵀ's
 * gradient Wᵀ δ. A program that multiplies densely with this library cannot take less; one that
 * skips the zeros of the images can.
 */
import { emit } from "../lib/contest.mjs";
import { openBlas } from "../lib/openblas.mjs";

const [columnMajor, plain, transposed] = [102, 111, 112];

const sgemm = (await openBlas()).func(
  "void cblas_sgemm(int order, int transA, int transB, int m, int n, int k, float alpha," +
    " float *a, int lda, float *b, int ldb, float beta, float *c, int ldc)",
);

/** @type {import("../lib/contest.mjs").Task} */
const { workload, epochs, fraction } = JSON.parse(process.argv[2]);
const { layers, batchSize, trainSize } = workload;

const filled = (length) => new Float32Array(length).map(Math.random);
const weights = layers.slice(1).map((outputs, l) => filled(outputs * layers[l]));
const activations = layers.map((size) => filled(size * batchSize));
const deltas = layers.map((size) => filled(size * batchSize));

/** The products of one step. @param {number} batch its size */
function step(batch) {
  weights.forEach((w, l) => {
    const [n, m] = [layers[l], layers[l + 1]];
    const [a, z] = [activations[l], activations[l + 1]];
    sgemm(columnMajor, plain, plain, m, batch, n, 1, w, m, a, n, 0, z, m);
  });
  for (let l = weights.length - 1; l >= 0; l--) {
    const [n, m] = [layers[l], layers[l + 1]];
    const [w, a, delta] = [weights[l], activations[l], deltas[l + 1]];
    if (l > 0)
      sgemm(columnMajor, transposed, plain, n, batch, m, 1, w, m, delta, m, 0, deltas[l], n);
    sgemm(columnMajor, plain, transposed, m, n, batch, 1e-9, delta, m, a, n, 1, w, m);
  }
}

emit({ event: "ready" });
for (let epoch = 0; epoch < epochs; epoch++) {
  const count = Math.round(fraction * trainSize);
  const start = performance.now();
  for (let first = 0; first < count; first += batchSize) step(Math.min(batchSize, count - first));
  emit({ event: "epoch", seconds: (performance.now() - start) / 1000 / fraction });
}
emit({ event: "end", accuracy: null });
