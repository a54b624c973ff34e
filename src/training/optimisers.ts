/** Optimisers: what one step of training makes of the parameters, as assignments over the graph. */
import {
  type Assignment,
  add,
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
  /** The momentum coefficient μ; 0 for none. */
  readonly momentum: number;
  /** v, one for each parameter; only used with momentum. */
  readonly velocities: Parameters<Variable>;
}

/**
 * Gradient descent with weight decay, x ← (1 − ηλ/n) x − η ∂C₀/∂x, and with momentum,
 * v ← μ v − η ∂C/∂x and x ← x + v. Biases do not decay.
 * Nielsen, Neural Networks and Deep Learning, eqs. (91) to (93), (107) and (108).
 */
export function gradientDescent(
  { eta, lambda, n, momentum, velocities }: GradientDescent,
  theta: Parameters<Variable>,
  thetaBar: Parameters,
): Assignment[] {
  const shrinkage = multiply(eta, lambda / n);
  const descend = (x: Variable, xBar: Node, v: Variable, decays: boolean): Assignment[] => {
    if (momentum === 0) {
      const kept = decays ? multiply(subtract(1, shrinkage), x) : x;
      return [{ variable: x, value: subtract(kept, multiply(eta, xBar)) }];
    }
    const slowed = multiply(momentum, v);
    const pulled = decays ? subtract(slowed, multiply(shrinkage, x)) : slowed;
    const next = subtract(pulled, multiply(eta, xBar));
    return [
      { variable: v, value: next },
      { variable: x, value: add(x, next) },
    ];
  };
  return theta.flatMap(({ w, b }, l) => {
    const [bar, velocity] = [thetaBar[l]!, velocities[l]!];
    return [
      ...descend(w, bar.w, velocity.w, lambda !== 0),
      ...descend(b, bar.b, velocity.b, false),
    ];
  });
}
