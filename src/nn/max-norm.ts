import { divide, maximum, multiply, type Node, sqrt, sum } from "../autodiff/index.js";
import { expectNodes } from "../autodiff/node.js";

/**
 * w (out×in) with the weights of each unit, a row of it, scaled down to the Euclidean norm c > 0 where theirs is
 * larger: w c / max(‖w‖, c). Srivastava et al., JMLR 15 (2014), section 5.1.
 */
export function maxNorm(w: Node, c: number): Node {
  expectNodes("maxNorm", w);
  const norm = sqrt(sum(multiply(w, w), [w.shape[0], 1]));
  return multiply(w, divide(c, maximum(norm, c)));
}
