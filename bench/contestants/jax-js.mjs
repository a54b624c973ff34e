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
  const { learningRate, momentum, lambda, batchSize, trainSize, cost } = workload;
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

  const step = jit(function step(layers, speeds, x, y) {
    const gradients = grad(loss)(tree.ref(layers), x, y);
    const next = momentum
      ? tree.map((v, g) => v.mul(momentum).add(g), speeds, gradients)
      : gradients;
    const decay = 1 - (learningRate * lambda) / trainSize;
    const moved = layers.map(({ w, b }, l) => ({
      w: (lambda ? w.mul(decay) : w).sub(next[l].w.ref.mul(learningRate)),
      b: b.sub(next[l].b.ref.mul(learningRate)),
    }));
    if (momentum) return { layers: moved, speeds: next };
    tree.dispose(next);
    return { layers: moved, speeds: [] };
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
