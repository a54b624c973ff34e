/** Constant expressions are computed once, by the interpreter, when the program is compiled. */
import { constant, evaluate, type Node, parents, rewrite } from "../../autodiff/index.js";

/**
 * The graph with every operation on constants replaced by its value. Broadcasts of constants stay, as
 * kernels repeat an element, a row or a column for nothing. So does what float32 cannot hold.
 */
export function foldConstants(ys: readonly Node[]): Node[] {
  return rewrite(ys, (node) => {
    if (node.kind !== "application" || node.name === "broadcast") return node;
    if (!parents(node).every((parent) => parent.kind === "constant")) return node;
    const value = evaluate(node);
    return Array.from(value.data).every(fitsFloat32) ? constant(value) : node;
  });
}

/**
 * Whether float32 has a number close to it. If not, the kernels may make something else of the operations:
 * e¹⁰⁰ is the largest number to them, and infinite once it is rounded.
 */
export function fitsFloat32(value: number): boolean {
  const rounded = Math.fround(value);
  return Number.isFinite(rounded) && (rounded !== 0 || value === 0);
}
