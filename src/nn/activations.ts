/** The activation functions of hidden layers, by name. */
import { maximum, type Node, tanh } from "../autodiff/index.js";
import { sigmoid } from "./sigmoid.js";

export function relu(z: Node): Node {
  return maximum(z, 0);
}

export const activations = { sigmoid, tanh, relu } as const satisfies Record<
  string,
  (z: Node) => Node
>;

export type ActivationName = keyof typeof activations;
