/**
 * TensorFlow.js as its documentation teaches it: variables, a loss function, an optimizer's
 * `minimize`, everything in `tidy`. The wasm backend runs in one thread under Node.
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { batches } from "../lib/batches.mjs";
import { contest, initialParameters } from "../lib/contest.mjs";

const activations = { sigmoid: tf.sigmoid, tanh: tf.tanh, relu: tf.relu };

const costs = {
  /** ½‖a − y‖², averaged over the mini-batch. */
  quadratic: (logits, targets) =>
    tf.squaredDifference(tf.sigmoid(logits), targets).sum(1).mean().mul(0.5),
  /** Per output, from logits; the library averages over the outputs too, hence the factor. */
  "cross-entropy": (logits, targets) => tf.losses.sigmoidCrossEntropy(targets, logits).mul(10),
  softmax: (logits, targets) => tf.losses.softmaxCrossEntropy(targets, logits),
};

await contest(async ({ workload }, data, random) => {
  tf.enableProdMode();
  await tf.setBackend("wasm");
  const { learningRate, momentum, optimizer: kind, lambda, batchSize, trainSize } = workload;
  const activate = activations[workload.activation];
  const layers = initialParameters(workload, random).map(
    ({ weights, biases, inputs, outputs }) => ({
      w: tf.variable(tf.tensor2d(weights, [inputs, outputs])),
      b: tf.variable(tf.tensor1d(biases)),
    }),
  );
  const optimizer = momentum
    ? tf.train.momentum(learningRate, momentum, kind === "nesterov")
    : tf.train.sgd(learningRate);

  const logits = (input) =>
    layers.reduce((a, { w, b }, l) => (l > 0 ? activate(a) : a).matMul(w).add(b), input);
  const penalty = () =>
    tf.addN(layers.map(({ w }) => w.square().sum())).mul(lambda / (2 * trainSize));

  return {
    train(order) {
      for (const { size, images, targets } of batches(data, order, batchSize)) {
        tf.tidy(() => {
          const x = tf.tensor2d(images, [size, 784]);
          const y = tf.tensor2d(targets, [size, 10]);
          optimizer.minimize(() => {
            const cost = costs[workload.cost](logits(x), y);
            return lambda ? cost.add(penalty()) : cost;
          });
        });
      }
    },
    outputs: async (pixels) =>
      tf.tidy(() => logits(tf.tensor2d(pixels, [pixels.length / 784, 784])).dataSync()),
  };
});
