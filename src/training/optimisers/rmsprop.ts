/**
 * RMSprop: Tieleman and Hinton, Neural Networks for Machine Learning, Coursera 2012, lecture 6e; here with
 * what Keras adds (optimizers.py of version 2.3.1), its ε and its ρ.
 */
import {
  type Assignment,
  add,
  divide,
  multiply,
  type Node,
  sqrt,
  subtract,
  type Variable,
} from "../../autodiff/index.js";
import { type Parameters, parameterList } from "../../nn/index.js";
import {
  average,
  type Optimiser,
  type OptimiserOptions,
  regularised,
  variablesLike,
} from "./optimiser.js";

const RHO = 0.9;
const EPSILON = 1e-7;

/** v ← ρ v + (1 − ρ) θ̄², θ ← θ − η θ̄ / (√v + ε). The gradient θ̄ is that of the whole cost. */
export function rmsprop(theta: Parameters<Variable>, options: OptimiserOptions): Optimiser {
  const xs = parameterList(theta);
  const vs = parameterList(variablesLike("v", theta));
  const descend = (x: Variable, xBar: Node, v: Variable, eta: Node): Assignment[] => {
    const next = average(RHO, v, multiply(xBar, xBar));
    const step = divide(multiply(eta, xBar), add(sqrt(next), EPSILON));
    return [
      { variable: v, value: next },
      { variable: x, value: subtract(x, step) },
    ];
  };
  return {
    state: vs,
    update(thetaBar, eta) {
      const bars = parameterList(regularised(theta, thetaBar, options));
      return xs.flatMap((x, k) => descend(x, bars[k]!, vs[k]!, eta));
    },
  };
}
