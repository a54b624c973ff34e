/** What optimisers are: the update of a step as assignments over the graph, and what it keeps. */
import {
  type Assignment,
  add,
  greater,
  multiply,
  type Node,
  type Operand,
  subtract,
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
  /** The L1 regularisation parameter λ₁; none unless given. */
  readonly l1?: number;
  /** n, the size of the training set: the cost is C = C₀ + λ/2n Σ w² + λ₁/n Σ |w|. */
  readonly n: number;
  /** The momentum coefficient μ; 0 for none. */
  readonly momentum: number;
}

/** A variable for each parameter, of its shape, named after it: `velocity w¹`. */
export function variablesLike(prefix: string, theta: Parameters<Variable>): Parameters<Variable> {
  const like = ({ shape, name }: Variable) => variable(shape, { name: `${prefix} ${name}` });
  return theta.map(({ w, b }) => ({ w: like(w), b: like(b) }));
}

/**
 * ∂C/∂w = ∂C₀/∂w + (λ/n) w + (λ₁/n) sgn w; biases are not regularised.
 * Nielsen, Neural Networks and Deep Learning, eqs. (87), (88), (90) and (96).
 */
export function regularised(
  theta: Parameters,
  thetaBar: Parameters,
  { lambda, l1 = 0, n }: OptimiserOptions,
): Parameters {
  return thetaBar.map(({ w: bar, b }, l) => {
    const { w } = theta[l]!;
    const decaying = lambda === 0 ? bar : add(bar, multiply(lambda / n, w));
    return { w: l1 === 0 ? decaying : add(decaying, multiply(l1 / n, sign(w))), b };
  });
}

/** β x + (1 − β) y: the exponential moving average x taking in y. */
export function average(beta: number, x: Node, y: Operand): Node {
  return add(x, multiply(1 - beta, subtract(y, x)));
}

/** sgn x, with sgn 0 = 0. */
function sign(x: Node): Node {
  return subtract(greater(x, 0), greater(0, x));
}
