/** Gradient descent, with momentum as Nielsen and as Nesterov has it. */
import {
  type Assignment,
  add,
  multiply,
  type Node,
  subtract,
  type Variable,
} from "../../autodiff/index.js";
import { type Parameters, parameterList } from "../../nn/index.js";
import { type Optimiser, type OptimiserOptions, regularised, variablesLike } from "./optimiser.js";

/**
 * Gradient descent with weight decay, x ← (1 − ηλ/n) x − η ∂C₀/∂x, and with momentum,
 * v ← μ v − η ∂C/∂x and x ← x + v. Biases do not decay. What L1 adds is taken to be part of ∂C₀/∂x.
 * Nielsen, Neural Networks and Deep Learning, eqs. (91) to (93), (107) and (108).
 */
export function gradientDescent(theta: Parameters<Variable>, options: OptimiserOptions): Optimiser {
  const { lambda, n, momentum } = options;
  const xs = parameterList(theta);
  const weights = new Set(theta.map(({ w }) => w));
  const velocities = momentum === 0 ? [] : parameterList(variablesLike("velocity", theta));
  return {
    state: velocities,
    update(thetaBar, eta) {
      const shrinkage = multiply(eta, lambda / n);
      const descend = (x: Variable, xBar: Node, v: Variable | undefined) => {
        const decays = lambda !== 0 && weights.has(x);
        if (v === undefined) {
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
      const bars = parameterList(regularised(theta, thetaBar, { ...options, lambda: 0 }));
      return xs.flatMap((x, k) => descend(x, bars[k]!, velocities[k]));
    },
  };
}

/**
 * Nesterov's accelerated gradient, v ← μ v − η ∂C/∂(x + μ v) and x ← x + v: Sutskever et al., ICML
 * 2013, eqs. (3) and (4). θ holds the points x + μ v at which gradients are taken, for which this is
 * v ← μ v − η θ̄ and θ ← θ + μ v − η θ̄: Bengio et al., ICASSP 2013, eq. (7).
 */
export function nesterov(theta: Parameters<Variable>, options: OptimiserOptions): Optimiser {
  const { momentum } = options;
  const xs = parameterList(theta);
  const velocities = parameterList(variablesLike("velocity", theta));
  const descend = (x: Variable, v: Variable, pull: Node): Assignment[] => {
    const next = subtract(multiply(momentum, v), pull);
    return [
      { variable: v, value: next },
      { variable: x, value: subtract(add(x, multiply(momentum, next)), pull) },
    ];
  };
  return {
    state: velocities,
    update(thetaBar, eta) {
      const bars = parameterList(regularised(theta, thetaBar, options));
      return xs.flatMap((x, k) => descend(x, velocities[k]!, multiply(eta, bars[k]!)));
    },
  };
}
