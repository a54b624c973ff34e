/** Adam: Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015. */
import {
  type Assignment,
  add,
  divide,
  multiply,
  type Node,
  sqrt,
  subtract,
  type Variable,
  variable,
} from "../../autodiff/index.js";
import { type Parameters, parameterList } from "../../nn/index.js";
import {
  average,
  type Optimiser,
  type OptimiserOptions,
  regularised,
  variablesLike,
} from "./optimiser.js";

/** The paper's β₁, β₂ and ε (algorithm 1). */
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * m ← β₁ m + (1 − β₁) θ̄, v ← β₂ v + (1 − β₂) θ̄², θ ← θ − η m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ). The two divisors c₁ and c₂ are averages of the same kind, of 1 in place of θ̄,
 * and stay exact where 1 − βᵗ would cancel. Weight decay is part of θ̄, as it is of the book's cost.
 */
export function adam(theta: Parameters<Variable>, options: OptimiserOptions): Optimiser {
  const xs = parameterList(theta);
  const [ms, vs] = [
    parameterList(variablesLike("m", theta)),
    parameterList(variablesLike("v", theta)),
  ];
  const [c1, c2] = [variable([1, 1], { name: "c₁" }), variable([1, 1], { name: "c₂" })];
  return {
    state: [...ms, ...vs, c1, c2],
    update(thetaBar, eta) {
      const [next1, next2] = [average(BETA1, c1, 1), average(BETA2, c2, 1)];
      // η m̂ / (√v̂ + ε) = (η √c₂ / c₁) m / (√v + ε √c₂): section 2 of the paper.
      const rate = divide(multiply(eta, sqrt(next2)), next1);
      const epsilon = multiply(EPSILON, sqrt(next2));
      const descend = (x: Variable, xBar: Node, m: Variable, v: Variable): Assignment[] => {
        const mNext = average(BETA1, m, xBar);
        const vNext = average(BETA2, v, multiply(xBar, xBar));
        const step = divide(multiply(rate, mNext), add(sqrt(vNext), epsilon));
        return [
          { variable: m, value: mNext },
          { variable: v, value: vNext },
          { variable: x, value: subtract(x, step) },
        ];
      };
      const bars = parameterList(regularised(theta, thetaBar, options));
      return [
        { variable: c1, value: next1 },
        { variable: c2, value: next2 },
        ...xs.flatMap((x, k) => descend(x, bars[k]!, ms[k]!, vs[k]!)),
      ];
    },
  };
}
