/**
 * The four trainings that every contestant runs. The first two are the networks of Nielsen's
 * "Neural Networks and Deep Learning" (chapters 1 and 3), where a step is so short that overhead
 * decides; the last two are dense layers of common sizes, where the matrix products decide.
 *
 * @typedef {object} Workload
 * @property {number[]} layers sizes, from the input to the output
 * @property {"sigmoid" | "tanh" | "relu"} activation of the hidden layers
 * @property {"quadratic" | "cross-entropy" | "softmax"} cost averaged over the mini-batch; the
 *   quadratic cost ½‖a − y‖² and the per-output cross-entropy are of sigmoid outputs
 * @property {"large" | "default" | "he"} init weights N(0, 1), N(0, 1)/√n_in or N(0, 2/n_in); the
 *   biases are N(0, 1) for the first two, as in the book, and 0 for the third
 * @property {number} learningRate
 * @property {number} momentum v ← momentum·v + ∇C, w ← w − η v
 * @property {number} lambda L2 penalty: w ← (1 − ηλ/n) w with n = trainSize, weights only
 * @property {number} batchSize the last mini-batch of an epoch holds what is left
 * @property {number} trainSize the first so many training images
 */

/** @type {Record<string, Workload>} */
export const workloads = {
  W1: {
    layers: [784, 30, 10],
    activation: "sigmoid",
    cost: "quadratic",
    init: "large",
    learningRate: 3,
    momentum: 0,
    lambda: 0,
    batchSize: 10,
    trainSize: 50000,
  },
  W2: {
    layers: [784, 100, 10],
    activation: "sigmoid",
    cost: "cross-entropy",
    init: "default",
    learningRate: 0.5,
    momentum: 0,
    lambda: 5,
    batchSize: 10,
    trainSize: 50000,
  },
  W3: {
    layers: [784, 512, 512, 10],
    activation: "relu",
    cost: "softmax",
    init: "he",
    learningRate: 0.1,
    momentum: 0.9,
    lambda: 0,
    batchSize: 128,
    trainSize: 60000,
  },
  W4: {
    layers: [784, 1000, 500, 10],
    activation: "tanh",
    cost: "softmax",
    init: "default",
    learningRate: 0.1,
    momentum: 0,
    lambda: 0,
    batchSize: 100,
    trainSize: 60000,
  },
};

/** One line for the heading of a table. @param {Workload} workload */
export function describe(workload) {
  const { layers, activation, cost, learningRate, momentum, lambda, batchSize, trainSize } =
    workload;
  return [
    `[${layers}] ${activation}, ${cost} cost`,
    `batch ${batchSize}`,
    `η ${learningRate}`,
    ...(momentum ? [`momentum ${momentum}`] : []),
    ...(lambda ? [`λ ${lambda}`] : []),
    `${trainSize.toLocaleString("en")} images`,
  ].join(", ");
}
