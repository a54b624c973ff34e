/** The activation functions of hidden layers, by name. */
import { maximum, multiply, type Node, tanh } from "../autodiff/index.js";
import type { ActivationName } from "./names.js";
import { sigmoid } from "./sigmoid.js";

export function relu(z: Node): Node {
  return maximum(z, 0);
}

/**
 * A tanh(B z), with f(±1) = ±1 very nearly: LeCun et al., "Gradient-based learning applied to document
 * recognition", 1998, appendix A; Cireşan et al., Neural Computation 22(12), 2010.
 */
export function scaledTanh(z: Node): Node {
  return multiply(1.7159, tanh(multiply(0.6666, z)));
}

export const activations: Readonly<Record<ActivationName, (z: Node) => Node>> = {
  sigmoid,
  tanh,
  relu,
  "scaled-tanh": scaledTanh,
};
