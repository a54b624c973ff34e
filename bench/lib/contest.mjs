/**
 * The frame of a contestant written in JavaScript: reads the task, times the epochs, reports.
 *
 * A contestant is a process with one argument, the task in JSON, which prints JSON lines:
 * `{"event":"ready"}` before the first training step, `{"event":"epoch","seconds":s}` after each
 * epoch, and `{"event":"end","accuracy":a}`, with a in [0, 1] or null where nothing is learnt.
 *
 * @typedef {object} Task
 * @property {import("../workloads.mjs").Workload} workload
 * @property {number} epochs
 * @property {number} fraction of each epoch to run; the reported seconds are scaled to the whole
 * @property {number} threads
 * @property {number} seed
 * @property {string} dataDirectory
 *
 * @typedef {object} Model
 * @property {(order: Int32Array) => void | Promise<void>} train one step per mini-batch of images,
 *   in this order
 * @property {(images: Float32Array) => Promise<ArrayLike<number>>} outputs the last layer's, ten
 *   numbers per image
 */
import { readDataset } from "./idx.mjs";
import { normal, shuffle, uniform } from "./random.mjs";

/**
 * The initial parameters, one pair per layer.
 *
 * @param {import("../workloads.mjs").Workload} workload
 * @param {() => number} random
 * @returns {{ weights: Float32Array, biases: Float32Array, inputs: number, outputs: number }[]}
 *   the weights in order of outputs × inputs; exchangeable, so any order is a fair start
 */
export function initialParameters({ layers, init }, random) {
  return layers.slice(1).map((outputs, l) => {
    const inputs = layers[l];
    const deviation = { large: 1, default: Math.sqrt(1 / inputs), he: Math.sqrt(2 / inputs) }[init];
    return {
      inputs,
      outputs,
      weights: new Float32Array(inputs * outputs).map(() => deviation * normal(random)),
      biases: new Float32Array(outputs).map(() => (init === "he" ? 0 : normal(random))),
    };
  });
}

/** One-hot rows, ten numbers per label. @param {Uint8Array} labels */
export function oneHot(labels) {
  const rows = new Float32Array(10 * labels.length);
  labels.forEach((label, i) => {
    rows[10 * i + label] = 1;
  });
  return rows;
}

/**
 * Runs the task of the command line.
 *
 * @param {(task: Task, data: import("./idx.mjs").Dataset, random: () => number) =>
 *   Model | Promise<Model>} build makes the model and loads the data into it
 */
export async function contest(build) {
  /** @type {Task} */
  const task = JSON.parse(process.argv[2]);
  const random = uniform(task.seed);
  const data = readDataset(task.dataDirectory, task.workload.trainSize);
  const model = await build(task, data, random);
  const order = Int32Array.from(data.trainLabels, (_, i) => i);
  const count = Math.round(task.fraction * order.length);
  emit({ event: "ready" });
  for (let epoch = 0; epoch < task.epochs; epoch++) {
    const start = performance.now();
    shuffle(random, order);
    await model.train(order.subarray(0, count));
    emit({ event: "epoch", seconds: (performance.now() - start) / 1000 / task.fraction });
  }
  emit({ event: "end", accuracy: await accuracy(model, data) });
}

/**
 * Of the test images, in pieces, so that evaluation does not set the peak of memory.
 *
 * @param {Model} model
 * @param {import("./idx.mjs").Dataset} data
 * @returns {Promise<number>}
 * @throws {Error} if the training has diverged: the times of NaN are nobody's
 */
async function accuracy(model, { testImages, testLabels }) {
  const piece = 1000;
  let right = 0;
  for (let first = 0; first < testLabels.length; first += piece) {
    const labels = testLabels.subarray(first, first + piece);
    const outputs = await model.outputs(
      testImages.subarray(784 * first, 784 * (first + labels.length)),
    );
    labels.forEach((label, i) => {
      const scores = Array.from({ length: 10 }, (_, digit) => outputs[10 * i + digit]);
      if (!scores.every(Number.isFinite)) throw new Error("The outputs are not finite.");
      if (scores.indexOf(Math.max(...scores)) === label) right++;
    });
  }
  return right / testLabels.length;
}

/** @param {object} event */
export function emit(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
