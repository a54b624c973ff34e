/** Optimisers: what one step of training makes of the parameters, as assignments over the graph. */
import {
  type Assignment,
  add,
  multiply,
  type Node,
  subtract,
  type Variable,
  variable,
} from "../autodiff/index.js";
import type { Parameters } from "../nn/index.js";

/** An optimiser of the parameters θ that it was made for. */
export interface Optimiser {
  /** What it keeps from one step to the next; zeros before the first. */
  readonly state: readonly Variable[];
  /** One step at the learning rate η (1×1), for θ̄, the gradient of the cost C₀ without regularisation. */
  update(thetaBar: Parameters, eta: Node): Assignment[];
}

export interface GradientDescent {
  /** The L2 regularisation parameter λ; 0 for none. */
  readonly lambda: number;
  /** n, the size of the training set: the cost is C = C₀ + λ/2n Σ w². */
  readonly n: number;
  /** The momentum coefficient μ; 0 for none. */
  readonly momentum: number;
}

/**
 * Gradient descent with weight decay, x ← (1 − ηλ/n) x − η ∂C₀/∂x, and with momentum,
 * v ← μ v − η ∂C/∂x and x ← x + v. Biases do not decay.
 * Nielsen, Neural Networks and Deep Learning, eqs. (91) to (93), (107) and (108).
 */
export function gradientDescent(
  theta: Parameters<Variable>,
  { lambda, n, momentum }: GradientDescent,
): Optimiser {
  const velocities = momentum === 0 ? undefined : alike("velocity", theta);
  return {
    state: velocities?.flatMap(({ w, b }) => [w, b]) ?? [],
    update(thetaBar, eta) {
      const shrinkage = multiply(eta, lambda / n);
      const descend = (x: Variable, xBar: Node, v: Variable | undefined, decays: boolean) => {
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
      return theta.flatMap(({ w, b }, l) => {
        const [bar, velocity] = [thetaBar[l]!, velocities?.[l]];
        return [
          ...descend(w, bar.w, velocity?.w, lambda !== 0),
          ...descend(b, bar.b, velocity?.b, false),
        ];
      });
    },
  };
}

/** A variable for each parameter, of its shape, named after it: `velocity w¹`. */
function alike(prefix: string, theta: Parameters<Variable>): Parameters<Variable> {
  const like = ({ shape, name }: Variable) => variable(shape, { name: `${prefix} ${name}` });
  return theta.map(({ w, b }) => ({ w: like(w), b: like(b) }));
}
