/** The functions of mlp.ts, as callers without types have them: what they are given is looked at first. */
import { expectNode, type Node } from "../autodiff/node.js";
import { expectArray, expectFunction, expectObjects } from "../given.js";
import * as mlp from "./mlp.js";

/** Throws a TypeError that begins with `what` unless it is an array of layers, and a RangeError if there are none. */
export function expectLayers(what: string, theta: readonly unknown[]): void {
  expectObjects(what, theta, "{ w, b }");
  if (theta.length === 0) throw new RangeError(`${what} should be at least one layer`);
  theta.forEach((layer, l) => {
    if ("w" in (layer as object) && "b" in (layer as object)) return;
    throw new TypeError(`${what}[${l}] should be an object, { w, b }: one of these is missing`);
  });
}

/**
 * The weighted input z^L of the last layer, n_L×B, for inputs a⁰ (n_0×B, one sample per column):
 * z^l = w^l a^(l−1) + b^l and a^l = σ(z^l). The activation is also told l, from 1.
 */
export function feedForward(
  theta: mlp.Parameters,
  a0: Node,
  activation: (z: Node, l: number) => Node,
): Node {
  expectLayers("feedForward: theta", theta);
  expectNode(a0, "feedForward: a0");
  expectFunction("feedForward: the activation", activation);
  return mlp.feedForward(theta, a0, activation);
}

/** All parameters in one list, as files and digests have them: w¹, b¹, w², … */
export function parameterList<T>(theta: mlp.Parameters<T>): T[] {
  expectObjects("parameterList: theta", theta, "{ w, b }");
  return mlp.parameterList(theta);
}

/** Variables for the parameters of a network with layers of these sizes, named w¹, b¹, w², … */
export function parameters(sizes: readonly number[]): ReturnType<typeof mlp.parameters> {
  expectArray("parameters: the sizes", sizes, "an array, such as [784, 30, 10]");
  return mlp.parameters(sizes);
}
