import { add, multiply, type Node } from "../autodiff/index.js";
import { expectNodes } from "../autodiff/node.js";

/**
 * Desired outputs y (classes×B, of which each column has the sum 1), softened: (1 − ε) y + ε/K for K
 * classes and ε from 0 to below 1. So the network is not rewarded for being ever more certain. y itself for ε = 0.
 * Szegedy et al., "Rethinking the Inception architecture for computer vision", CVPR 2016, section 7.
 */
export function labelSmoothing(y: Node, epsilon: number): Node {
  expectNodes("labelSmoothing", y);
  return epsilon === 0 ? y : add(multiply(1 - epsilon, y), epsilon / y.shape[0]);
}
