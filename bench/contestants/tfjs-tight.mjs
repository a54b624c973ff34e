/**
 * TensorFlow.js written for speed: forward and backward by hand, no gradient tape.
 *
 * The wasm backend multiplies with XNNPACK only where neither operand is transposed (otherwise by a
 * plain loop, ten times slower), and XNNPACK repacks the right-hand operand at every call. So the
 * weights are outputs × inputs and always the left-hand operand or untransposed, one sample is one
 * column, and only the small matrices of the mini-batch are transposed, by copying. The batch is
 * gathered in JavaScript, which is fifty times faster than the backend's own gather.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { batches } from "../lib/batches.mjs";
import { contest, initialParameters } from "../lib/contest.mjs";

const activations = { sigmoid: tf.sigmoid, tanh: tf.tanh, relu: tf.relu };

await contest(async ({ workload }, data, random) => {
  tf.enableProdMode();
  await tf.setBackend("wasm");
  const { learningRate, optimizer, momentum, lambda, batchSize, trainSize, cost } = workload;
  const activate = activations[workload.activation];
  const shrinkage = (learningRate * lambda) / trainSize;
  const [decay, pull] = [tf.scalar(1 - shrinkage), tf.scalar(shrinkage)];
  const friction = tf.scalar(momentum);
  const one = tf.scalar(1);

  let layers = initialParameters(workload, random).map(({ weights, biases, inputs, outputs }) => ({
    w: tf.tensor2d(weights, [outputs, inputs]),
    b: tf.tensor2d(biases, [outputs, 1]),
    ...(momentum && { vw: tf.zeros([outputs, inputs]), vb: tf.zeros([outputs, 1]) }),
  }));

  /** The slope of an activation from its value a. */
  const slopes = {
    sigmoid: (a) => tf.sub(a, tf.square(a)),
    tanh: (a) => tf.sub(one, tf.square(a)),
    relu: (a) => tf.step(a),
  };
  const slope = slopes[workload.activation];

  /** Softmax of every column. */
  const softmax = (z) => tf.transpose(tf.softmax(tf.transpose(z)));
  const activateLast = cost === "softmax" ? softmax : tf.sigmoid;

  /** The activations of every layer, the input included. */
  const forward = (input) => {
    const activations = [input];
    layers.forEach(({ w, b }, l) => {
      const z = tf.add(tf.matMul(w, activations[l]), b);
      activations.push(l + 1 < layers.length ? activate(z) : activateLast(z));
    });
    return activations;
  };

  /** v ← momentum·v + step, or the step itself. */
  const velocity = (v, step) => (momentum ? tf.add(tf.mul(v, friction), step) : step);

  /** What is subtracted from a parameter. */
  const move = (v, step) => (optimizer === "nesterov" ? tf.add(step, tf.mul(v, friction)) : v);

  /** The layers after a step; x and y have one sample per row. */
  const step = (x, y) => {
    const activations = forward(tf.transpose(x));
    const rows = [x, ...activations.slice(1, -1).map((a) => tf.transpose(a))];
    const output = activations[layers.length];
    let delta = tf.mul(tf.sub(output, tf.transpose(y)), learningRate / x.shape[0]);
    if (cost === "quadratic") delta = tf.mul(delta, slope(output));
    const next = [];
    for (let l = layers.length - 1; l >= 0; l--) {
      const { w, b, vw, vb } = layers[l];
      const product = tf.matMul(delta, rows[l]);
      const stepW = lambda && momentum ? tf.add(product, tf.mul(w, pull)) : product;
      const stepB = tf.sum(delta, 1, true);
      const [nextW, nextB] = [velocity(vw, stepW), velocity(vb, stepB)];
      next[l] = {
        w: tf.sub(lambda && !momentum ? tf.mul(w, decay) : w, move(nextW, stepW)),
        b: tf.sub(b, move(nextB, stepB)),
        ...(momentum && { vw: nextW, vb: nextB }),
      };
      if (l > 0) {
        const back = tf.transpose(tf.matMul(tf.transpose(delta), w));
        delta = tf.mul(back, slope(activations[l]));
      }
    }
    return next;
  };

  return {
    train(order) {
      for (const { size, images, targets } of batches(data, order, batchSize)) {
        const next = tf.tidy(() =>
          step(tf.tensor2d(images, [size, 784]), tf.tensor2d(targets, [size, 10])),
        );
        tf.dispose(layers);
        layers = next;
      }
    },
    outputs: async (pixels) =>
      tf.tidy(() => {
        const x = tf.tensor2d(pixels, [pixels.length / 784, 784]);
        return tf.transpose(forward(tf.transpose(x))[layers.length]).dataSync();
      }),
  };
});
