/** The activation functions of hidden layers, by name. */
import { maximum, multiply, type Node, tanh } from "../autodiff/index.js";
import type { ActivationName } from "./names.js";
import { sigmoid } from "./sigmoid.js";

/** max(z, 0), element by element; its slope at 0 is 0. Nair and Hinton, ICML 2010. */
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

/** The activation functions by name: each takes z of any shape, and gives a of the same, element by element. */
export const activations: Readonly<Record<ActivationName, (z: Node) => Node>> = {
  sigmoid,
  tanh,
  relu,
  "scaled-tanh": scaledTanh,
};
