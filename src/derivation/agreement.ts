/** Whether two expressions are equal on the actual values, as far as rounding lets one tell. */
import {
  add,
  type Bindings,
  evaluate,
  type Matrix,
  maximum,
  type Node,
  negate,
  rewrite,
} from "../autodiff/index.js";

/** What rounding may do, in parts of the numbers that a result comes from. */
export const ROUNDING = 1e-12;

export interface Agreement {
  /** The largest |x₁ − x₂| over the elements, in parts of the numbers that these come from. */
  readonly difference: number;
  /** Whether that is at most {@link ROUNDING}. */
  readonly holds: boolean;
}

/**
 * Compares two expressions of one shape. The measure of an element is the sum of the absolute values
 * of its terms: 1 − a may lose as many digits as a is close to 1, and is no less equal for that.
 */
export function agreement(x1: Node, x2: Node, values: Bindings): Agreement {
  const nodes = [x1, x2, magnitude(x1), magnitude(x2)];
  const [v1, v2, m1, m2] = evaluate(nodes, values) as [Matrix, Matrix, Matrix, Matrix];
  let difference = v1.data.length === v2.data.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < v1.data.length; i++) {
    const between = Math.abs(v1.data[i]! - v2.data[i]!);
    const relative = between === 0 ? 0 : between / Math.max(m1.data[i]!, m2.data[i]!);
    // NaN, too, is a difference.
    difference = Math.max(difference, relative);
  }
  return { difference, holds: difference <= ROUNDING };
}

/** The expression with absolute values for its leaves, and sums for differences. */
export function magnitude(expression: Node): Node {
  const [result] = rewrite([expression], (rebuilt, original) => {
    if (rebuilt.kind !== "application") return absolute(rebuilt);
    switch (rebuilt.name) {
      case "negate":
        return rebuilt.inputs[0] as Node;
      case "subtract":
        return add(...(rebuilt.inputs as [Node, Node]));
      case "add":
      case "multiply":
      case "divide":
      case "reciprocal":
      case "matmul":
      case "transpose":
      case "broadcast":
      case "sum":
        return rebuilt;
      default:
        return absolute(original);
    }
  });
  return result as Node;
}

function absolute(x: Node): Node {
  return maximum(x, negate(x));
}
