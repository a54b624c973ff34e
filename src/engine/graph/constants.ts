/** Constant expressions are computed once, by the interpreter, when the program is compiled. */
import { constant, evaluate, type Node, parents, rewrite } from "../../autodiff/index.js";

/**
 * The graph with every operation on constants replaced by its value. Broadcasts of constants stay, as
 * kernels repeat an element, a row or a column for nothing.
 */
export function foldConstants(ys: readonly Node[]): Node[] {
  return rewrite(ys, (node) => {
    if (node.kind !== "application" || node.name === "broadcast") return node;
    const isConstant = parents(node).every((parent) => parent.kind === "constant");
    return isConstant ? constant(evaluate(node)) : node;
  });
}
