/** Second derivatives of scalar functions: derivatives of the gradient. */
import { type Bars, grad, j } from "../j.js";
import type { Node } from "../node.js";
import type { Tree } from "../tree.js";
import { jacobian } from "./jacobian.js";
import { type Directions, halves } from "./jvp.js";

/**
 * The Hessian of a scalar function at x: H = ∂² f / ∂ vec x ∂ vec xᵀ, symmetric, nm×nm for x of n×m;
 * several or structured arguments count as one long vector, as `vec` lays them out. It is the Jacobian
 * of the gradient, and 0 where f is linear. Throws as `grad` does.
 */
export function hessian<X extends readonly Tree[]>(f: (...x: X) => Node): (...x: X) => Node {
  return jacobian((...x: X) => grad(f)(...x) as Tree);
}

/**
 * The Hessian-vector product of a scalar function: `hvp(f)(...x, ...v)` is H v, of the structure and
 * shapes of x, found without H itself. All x come first, then as many v. As H is symmetric, H v = Hᵀ v
 * is one vector-Jacobian product of the gradient.
 * B. A. Pearlmutter, Fast exact multiplication by the Hessian, Neural Computation 6(1), 1994.
 *
 * Throws as `grad` does, and a `ShapeError` if a v does not fit its x.
 */
export function hvp<X extends readonly Tree[]>(
  f: (...x: X) => Node,
): (...xAndV: [...X, ...Directions<X>]) => Bars<X>;
export function hvp(f: (...x: Tree[]) => Node) {
  return (...xAndV: Tree[]): unknown => {
    const [x, v] = halves("hvp", "v", xAndV);
    const gradient = (...x: Tree[]) => grad(f)(...x) as Tree;
    return j(gradient)(gradient(...x), x.length === 1 ? (v[0] as Tree) : v, ...x);
  };
}
