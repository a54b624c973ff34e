/**
 * The sigmoid layer a' = σ(w a + b) in the note's six elementary steps:
 *
 *     a' = 1 / t₁,  t₁ = 1 + t₂,  t₂ = exp t₃,  t₃ = −t₄,  t₄ = t₅ + b,  t₅ = w a
 *
 * Nothing here knows σ' = σ (1 − σ): that, and backpropagation, is what j makes of these steps.
 */
import { add, exp, matmul, type Node, negate, reciprocal } from "../autodiff/index.js";

/** z = w a + b: w is out×in, b is out×1, a is in×B with one sample per column. */
export function weightedInput(w: Node, a: Node, b: Node): Node {
  const t5 = matmul(w, a);
  const t4 = add(t5, b);
  return t4;
}

/** σ(z) = 1 / (1 + exp −z), element by element. */
export function sigmoid(z: Node): Node {
  const t3 = negate(z);
  const t2 = exp(t3);
  const t1 = add(1, t2);
  return reciprocal(t1);
}
