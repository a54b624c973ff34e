/** What optimisers are: the update of a step as assignments over the graph, and what it keeps. */
import {
  type Assignment,
  add,
  multiply,
  type Node,
  type Variable,
  variable,
} from "../../autodiff/index.js";
import type { Parameters } from "../../nn/index.js";

/** An optimiser of the parameters θ that it was made for. */
export interface Optimiser {
  /** What it keeps from one step to the next; zeros before the first. */
  readonly state: readonly Variable[];
  /** One step at the learning rate η (1×1), for θ̄, the gradient of the cost C₀ without regularisation. */
  update(thetaBar: Parameters, eta: Node): Assignment[];
}

export interface OptimiserOptions {
  /** The L2 regularisation parameter λ; 0 for none. */
  readonly lambda: number;
  /** n, the size of the training set: the cost is C = C₀ + λ/2n Σ w². */
  readonly n: number;
  /** The momentum coefficient μ; 0 for none. */
  readonly momentum: number;
}

/** A variable for each parameter, of its shape, named after it: `velocity w¹`. */
export function alike(prefix: string, theta: Parameters<Variable>): Parameters<Variable> {
  const like = ({ shape, name }: Variable) => variable(shape, { name: `${prefix} ${name}` });
  return theta.map(({ w, b }) => ({ w: like(w), b: like(b) }));
}

/**
 * ∂C/∂w = ∂C₀/∂w + (λ/n) w; biases are not regularised.
 * Nielsen, Neural Networks and Deep Learning, eqs. (87), (88) and (90).
 */
export function regularised(
  theta: Parameters,
  thetaBar: Parameters,
  { lambda, n }: OptimiserOptions,
): Parameters {
  if (lambda === 0) return thetaBar;
  return thetaBar.map(({ w, b }, l) => ({ w: add(w, multiply(lambda / n, theta[l]!.w)), b }));
}
