/**
 * The five trainings that every contestant runs. The first two are the networks of Nielsen's
 * "Neural Networks and Deep Learning" (chapters 1 and 3), where a step is so short that overhead
 * decides; the next two are dense layers of common sizes, where the matrix products decide; the last
 * has the step of this project's recipe `best`.
 *
 * @typedef {object} Workload
 * @property {number[]} layers sizes, from the input to the output
 * @property {"sigmoid" | "tanh" | "relu"} activation of the hidden layers
 * @property {"quadratic" | "cross-entropy" | "softmax"} cost averaged over the mini-batch; the
 *   quadratic cost ½‖a − y‖² and the per-output cross-entropy are of sigmoid outputs
 * @property {"large" | "default" | "he"} init weights N(0, 1), N(0, 1)/√n_in or N(0, 2/n_in); the
 *   biases are N(0, 1) for the first two, as in the book, and 0 for the third
 * @property {number} learningRate
 * @property {"sgd" | "nesterov"} optimizer
 * @property {number} momentum v ← momentum·v + ∇C; then w ← w − η v, or with Nesterov's gradient
 *   w ← w − η (∇C + momentum·v)
 * @property {number} lambda L2 penalty λ/2n Σ w² with n = trainSize, weights only: part of ∇C, or
 *   w ← (1 − ηλ/n) w where there is no momentum
 * @property {number} batchSize the last mini-batch of an epoch holds what is left
 * @property {number} trainSize the first so many training images
 * @property {import("../dist/src/index.js").Deformation} [deformation] of the training images: this
 *   project does it anew for each epoch; for all others it is done once, and before they start
 */

/** @type {Record<string, Workload>} */
export const workloads = {
  W1: {
    layers: [784, 30, 10],
    activation: "sigmoid",
    cost: "quadratic",
    init: "large",
    learningRate: 3,
    optimizer: "sgd",
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
    optimizer: "sgd",
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
    optimizer: "sgd",
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
    optimizer: "sgd",
    momentum: 0,
    lambda: 0,
    batchSize: 100,
    trainSize: 60000,
  },
  W5: {
    layers: [784, 1000, 500, 10],
    activation: "relu",
    cost: "softmax",
    init: "he",
    learningRate: 0.05,
    optimizer: "nesterov",
    momentum: 0.9,
    lambda: 1,
    batchSize: 100,
    trainSize: 50000,
    deformation: { elastic: { sigma: 6, alpha: 36 }, rotation: 15, shear: 15, scaling: 15 },
  },
};

/** One line for the heading of a table. @param {Workload} workload */
export function describe(workload) {
  const { layers, activation, cost, learningRate, optimizer, momentum, lambda } = workload;
  const { batchSize, trainSize, deformation } = workload;
  const kind = optimizer === "nesterov" ? "Nesterov momentum" : "momentum";
  return [
    `[${layers}] ${activation}, ${cost} cost`,
    `batch ${batchSize}`,
    `η ${learningRate}`,
    ...(momentum ? [`${kind} ${momentum}`] : []),
    ...(lambda ? [`λ ${lambda}`] : []),
    `${trainSize.toLocaleString("en")} images${deformation ? ", deformed" : ""}`,
  ].join(", ");
}
