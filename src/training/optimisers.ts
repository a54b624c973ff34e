/** Optimisers: what one step of training makes of the parameters, as assignments over the graph. */
import {
  type Assignment,
  multiply,
  type Node,
  subtract,
  type Variable,
} from "../autodiff/index.js";
import type { Parameters } from "../nn/index.js";

export interface GradientDescent {
  /** The learning rate η. */
  readonly eta: Node;
  /** The L2 regularisation parameter λ; 0 for none. */
  readonly lambda: number;
  /** n, the size of the training set: the cost is C = C₀ + λ/2n Σ w². */
  readonly n: number;
}

/**
 * Gradient descent with weight decay: w ← (1 − ηλ/n) w − η ∂C₀/∂w, b ← b − η ∂C₀/∂b.
 * Nielsen, Neural Networks and Deep Learning, eqs. (91) to (93).
 */
export function gradientDescent(
  { eta, lambda, n }: GradientDescent,
  theta: Parameters<Variable>,
  thetaBar: Parameters,
): Assignment[] {
  const decay = subtract(1, multiply(eta, lambda / n));
  const descend = (variable: Variable, bar: Node, kept: Node): Assignment => ({
    variable,
    value: subtract(kept, multiply(eta, bar)),
  });
  return theta.flatMap(({ w, b }, l) => {
    const { w: wBar, b: bBar } = thetaBar[l]!;
    return [descend(w, wBar, lambda === 0 ? w : multiply(decay, w)), descend(b, bBar, b)];
  });
}
