/** The activation functions of hidden layers, by name. */
import { maximum, type Node, tanh } from "../autodiff/index.js";
import type { ActivationName } from "./names.js";
import { sigmoid } from "./sigmoid.js";

export function relu(z: Node): Node {
  return maximum(z, 0);
}

export const activations: Readonly<Record<ActivationName, (z: Node) => Node>> = {
  sigmoid,
  tanh,
  relu,
};
