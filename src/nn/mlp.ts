/** Multilayer perceptrons: fully connected layers of any number and size. */
import { type Like, type Node, superscript, variable } from "../autodiff/index.js";
import { weightedInput } from "./sigmoid.js";

/** The parameters of a layer: weights w (out×in) and biases b (out×1). */
export interface Layer<T = Node> {
  readonly w: T;
  readonly b: T;
}

/** θ, the parameters of all layers: the argument x of the cost whose x̄ training follows. */
export type Parameters<T = Node> = readonly Layer<T>[];

/**
 * The weighted input z^L of the last layer, n_L×B, for inputs a⁰ (n_0×B, one sample per column):
 * z^l = w^l a^(l−1) + b^l and a^l = σ(z^l). The activation is also told l, from 1.
 */
export function feedForward(
  theta: Parameters,
  a0: Node,
  activation: (z: Node, l: number) => Node,
): Node {
  const [first, ...others] = theta as readonly [Layer, ...Layer[]];
  return others.reduce(
    (z, { w, b }, hidden) => weightedInput(w, activation(z, hidden + 1), b),
    weightedInput(first.w, a0, first.b),
  );
}

/** All parameters in one list, as files and digests have them: w¹, b¹, w², … */
export function parameterList<T>(theta: Parameters<T>): T[] {
  return theta.flatMap(({ w, b }) => [w, b]);
}

/** Variables for the parameters of a network with layers of these sizes, named w¹, b¹, w², … */
export function parameters(sizes: readonly number[]) {
  return sizes.slice(1).map((rows, l) => ({
    w: variable([rows, sizes[l]!], { name: `w${superscript(l + 1)}` }),
    b: variable([rows, 1], { name: `b${superscript(l + 1)}` }),
  })) satisfies Like<Parameters>;
}
