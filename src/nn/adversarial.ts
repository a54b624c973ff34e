import {
  add,
  divide,
  grad,
  max,
  maximum,
  multiply,
  type Node,
  negate,
  sqrt,
  sum,
} from "../autodiff/index.js";

/** What a gradient is divided by at least: where all of its parts are smaller, a sample moves by less than ε. */
const TINY = 1e-37;

/**
 * The samples x (n×B, one per column), each moved by the Euclidean length ε along the gradient of its
 * cost, the direction in which that grows fastest: x + ε x̄/‖x̄‖. A sample whose gradient is 0 stays, and x
 * itself is returned for ε = 0. A network that is trained on these learns that small changes do not make
 * another digit. Goodfellow et al., "Explaining and harnessing adversarial examples", ICLR 2015; with this norm
 * Miyato et al., "Distributional smoothing with virtual adversarial training", ICLR 2016.
 *
 * @param cost the mean, or the sum, of the costs of all samples as a function of x, 1×1
 */
export function adversarial(cost: (x: Node) => Node, x: Node, epsilon: number): Node {
  if (epsilon === 0) return x;
  const xBar = grad(cost)(x);
  const row = [1, x.shape[1]] as const;
  // Divided by its largest part first, as squares of small numbers would be 0 in float32.
  const largest = max(maximum(xBar, negate(xBar)), row);
  const scaled = divide(xBar, maximum(largest, TINY));
  const norm = sqrt(sum(multiply(scaled, scaled), row));
  return add(x, multiply(scaled, divide(epsilon, maximum(norm, 1))));
}
