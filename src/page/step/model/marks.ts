/** Which lines of the sweep belong to which of the book's equations. */
import type { Matrix, Node, Variable } from "../../../autodiff/index.js";
import { evaluate } from "../../../autodiff/index.js";
import { equationsOf } from "../../../derivation/diagram/diagram.js";
import type { Derivation } from "../../../derivation/index.js";
import { short } from "./numbers.js";
import { nodeNamed, type Sweep, type SweepNode, type Use, type Values } from "./sweep.js";

/** For each bar the first equation whose derivation makes use of its line. */
export function markOf(
  derivations: readonly Derivation[],
): ReadonlyMap<Node | undefined, Derivation["equation"]> {
  return equationsOf(derivations);
}

/** The node whose bar a derivation is about: its chain begins with that, or with another name for it. */
export function subjectOf(sweep: Sweep, { chain }: Derivation): SweepNode | undefined {
  const own = nodeNamed(sweep, chain.left.name);
  if (own !== undefined) return own;
  const [first] = chain.steps;
  return first?.expression.kind === "variable"
    ? nodeNamed(sweep, first.expression.name)
    : undefined;
}

/** The value of what a use contributes. */
export function contributionValue({ contribution }: Use, values: Values): Matrix | undefined {
  return contribution === undefined
    ? undefined
    : evaluate(contribution, values as ReadonlyMap<Variable, Matrix>);
}

/** ` = −0.235`, as it is written on an arrow; nothing for a matrix. */
export function contributed(use: Use, values: Values): string {
  const value = contributionValue(use, values);
  return value?.data.length === 1 ? ` = ${short(value.data[0] as number)}` : "";
}
