/**
 * Sums of exponentials that cannot overflow.
 *
 * ln Σ exp x = m + ln Σ exp(x − m) holds for every m. A whole number just below the largest x keeps
 * all exponents under 1, and being constant almost everywhere it takes no part in derivatives.
 */
import {
  add,
  divide,
  exp,
  floor,
  log,
  max,
  maximum,
  type Node,
  negate,
  subtract,
  sum,
} from "../autodiff/index.js";
import { expectNodes } from "../autodiff/node.js";

/** ln Σ exp x over the rows of each column: n×B to 1×B. */
export function logSumExp(x: Node): Node {
  expectNodes("logSumExp", x);
  const perColumn = [1, x.shape[1]] as const;
  const m = floor(max(x, perColumn));
  return add(m, log(sum(exp(subtract(x, m)), perColumn)));
}

/**
 * ln(1 + exp x), element by element: the same sum over the two exponents 0 and x. In float32, what is below 10⁻⁷ is
 * lost in the 1; its gradient is exact all the same.
 */
export function softplus(x: Node): Node {
  const m = floor(maximum(x, 0));
  return add(m, log(add(exp(negate(m)), exp(subtract(x, m)))));
}

/**
 * exp x / Σ exp x over the rows of each column, n×B to n×B, all exponents reduced by m. As
 * exp(x − ln Σ exp x) it would have the rounding of a logarithm as large as the largest x, which is 10⁻⁶ of
 * each output in float32.
 */
export function softmax(x: Node): Node {
  expectNodes("softmax", x);
  const perColumn = [1, x.shape[1]] as const;
  const exponentials = exp(subtract(x, floor(max(x, perColumn))));
  return divide(exponentials, sum(exponentials, perColumn));
}
