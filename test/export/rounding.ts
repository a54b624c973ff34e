/** The outputs of a network, and how near to them float32 comes, in whatever order it adds. */
import type { NetworkSettings } from "../../src/training/index.js";
import { type PlainNetwork, plainActivations, plainCosts } from "../support/backpropagation.js";

/** The largest relative error of rounding to float32. */
const UNIT = 2 ** -24;

export interface Rounded {
  readonly outputs: readonly number[];
  /** How far from each output rounding may lead. */
  readonly within: readonly number[];
}

/**
 * For one image. To first order, every weighted input is rounded once, at the size of its terms: it is
 * off by u (Σ |w a| + |b|), and by what the activations before it are off. A sum of n terms has n − 1
 * roundings, but of partial sums, and they cancel for the most part.
 */
export function rounded(
  network: PlainNetwork,
  x: readonly number[],
  { activation, cost }: NetworkSettings,
): Rounded {
  const { value, derivative } = plainActivations[activation];
  let [a, off] = [x, x.map((each) => UNIT * each)];
  for (const [l, { w, b }] of network.entries()) {
    const z = w.map((row, j) => row.reduce((sum, weight, k) => sum + weight * a[k]!, b[j]!));
    const offZ = w.map((row, j) =>
      row.reduce(
        (sum, weight, k) => sum + Math.abs(weight) * (UNIT * Math.abs(a[k]!) + off[k]!),
        UNIT * Math.abs(b[j]!),
      ),
    );
    if (l < network.length - 1) {
      a = z.map(value);
      off = z.map((each, j) => derivative(each) * offZ[j]! + UNIT * Math.abs(a[j]!));
      continue;
    }
    const outputs = plainCosts[cost].output(z);
    const mean = outputs.reduce((sum, p, c) => sum + p * offZ[c]!, 0);
    // ∂p_c/∂z_j = p_c (δ_cj − p_j) for the softmax, and p (1 − p) for the sigmoid.
    const within = outputs.map((p, c) => {
      const others = cost === "softmax" ? mean - p * offZ[c]! : 0;
      return p * ((1 - p) * offZ[c]! + others) + UNIT;
    });
    return { outputs, within };
  }
  throw new Error("a network without layers");
}
