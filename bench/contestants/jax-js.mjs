/**
 * jax-js: one jitted function per step, which takes the parameters and the mini-batch and returns
 * the new parameters; the gradient is `grad`'s. Its wasm device is the only fast one under Node.
 * Weights as outputs × inputs measured up to twice as fast as inputs × outputs.
 */
import { defaultDevice, grad, init, jit, nn, numpy as np, tree } from "@jax-js/jax";
import { batches } from "../lib/batches.mjs";
import { contest, initialParameters } from "../lib/contest.mjs";

/** The library's gradient is NaN below −88, which W1 reaches; the true one is 10⁻³⁵ at −80. */
const sigmoid = (z) => nn.sigmoid(np.maximum(z, -80));

/** log(1 + exp z), with a gradient that is finite for every z too. */
const softplus = (z) => nn.relu(z.ref).add(np.log1p(np.exp(np.abs(z).neg())));

const activations = { sigmoid, tanh: np.tanh, relu: nn.relu };

/** Summed over the mini-batch, one sample per row. */
const costs = {
  quadratic: (logits, targets) => np.square(sigmoid(logits).sub(targets)).sum().mul(0.5),
  /** softplus(z) − y z is −y log σ(z) − (1 − y) log(1 − σ(z)). */
  "cross-entropy": (logits, targets) => softplus(logits.ref).sub(targets.mul(logits)).sum(),
  softmax: (logits, targets) => nn.logSoftmax(logits).mul(targets).sum().neg(),
};

await contest(async ({ workload }, data, random) => {
  await init("wasm");
  defaultDevice("wasm");
  const { learningRate, optimizer, momentum, lambda, batchSize, trainSize, cost } = workload;
  const activate = activations[workload.activation];
  let parameters = initialParameters(workload, random).map((layer) => ({
    w: np.array(layer.weights).reshape([layer.outputs, layer.inputs]),
    b: np.array(layer.biases),
  }));
  let velocities = momentum ? tree.map((p) => np.zeros(p.shape), parameters) : [];

  const logits = (layers, input) =>
    layers.reduce((a, { w, b }, l) => np.dot(l > 0 ? activate(a) : a, w.transpose()).add(b), input);

  const loss = (layers, x, y) => {
    const size = x.shape[0];
    return costs[cost](logits(layers, x), y).mul(1 / size);
  };

  const shrinkage = lambda / trainSize;
  const decay = 1 - learningRate * shrinkage;

  const step = jit(function step(layers, speeds, x, y) {
    const plain = grad(loss)(tree.ref(layers), x, y);
    const gradients =
      momentum && lambda
        ? plain.map(({ w, b }, l) => ({ w: w.add(layers[l].w.ref.mul(shrinkage)), b }))
        : plain;
    const nesterov = optimizer === "nesterov";
    const next = momentum
      ? tree.map(
          (v, g) => v.mul(momentum).add(g),
          speeds,
          nesterov ? tree.ref(gradients) : gradients,
        )
      : [];
    const moves = nesterov
      ? tree.map((g, v) => g.add(v.mul(momentum)), gradients, tree.ref(next))
      : momentum
        ? tree.ref(next)
        : gradients;
    const moved = layers.map(({ w, b }, l) => ({
      w: (lambda && !momentum ? w.mul(decay) : w).sub(moves[l].w.mul(learningRate)),
      b: b.sub(moves[l].b.mul(learningRate)),
    }));
    return { layers: moved, speeds: next };
  });

  const predict = jit(logits);

  return {
    train(order) {
      for (const { size, images, targets } of batches(data, order, batchSize)) {
        const x = np.array(images).reshape([size, 784]);
        const y = np.array(targets).reshape([size, 10]);
        const next = step(parameters, velocities, x, y);
        parameters = next.layers;
        velocities = next.speeds;
        parameters[parameters.length - 1].b.ref.dataSync(); // evaluation is lazy
      }
    },
    outputs: (pixels) =>
      predict(tree.ref(parameters), np.array(pixels).reshape([pixels.length / 784, 784])).data(),
  };
});
