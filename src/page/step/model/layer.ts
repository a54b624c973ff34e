/**
 * What the book's equations are in the sweep through a single layer. The result a′ stands for the cost, so
 * that ∇ₐC is 1; what comes out as ā is what BP2 hands on to the layer below.
 */
import {
  type Equations,
  type Matrix,
  matmul,
  type Node,
  transpose,
  type Variable,
  variable,
} from "../../../autodiff/index.js";
import { deriveBackpropagation } from "../../../derivation/backpropagation.js";
import { rename, unfold } from "../../../derivation/definitions.js";
import type { Derivation } from "../../../derivation/index.js";
import { derive } from "../../../derivation/rewriting.js";
import { sweepOf, valuesOf } from "./sweep.js";

export interface Layer {
  readonly w: Variable;
  readonly a: Variable;
  readonly b: Variable;
  readonly z: Node;
  readonly result: Node;
  readonly parts: Equations;
  /** The values of w, a and b, on which every equality is tried. */
  readonly given: readonly Matrix[];
}

/** The derivations of {@link deriveBackpropagation}, and that of ā. */
export function chainsOfLayer({ w, a, b, z, result, parts, given }: Layer): Derivation[] {
  const inputs = [w, a, b];
  const values = valuesOf(
    sweepOf(inputs, parts),
    new Map(inputs.map((x, k) => [x, given[k] as Matrix])),
  );
  const y = variable(result.shape, { name: "y" });
  const equations = parts;
  const derivations = deriveBackpropagation({
    layers: [{ w, b, z, a: result }],
    a0: a,
    y,
    cost: result,
    equations,
    values,
  });
  const delta = derivations[0]?.chain.left as Variable;
  const [aBar, zBar] = [equations.barOf(a), equations.barOf(z)] as [Variable, Variable];
  const lines = equations.adjoint.filter(({ of }) => of !== equations.symbolOf(z));
  const chain = derive(
    aBar,
    matmul(transpose(w), delta),
    [unfold(lines, ({ symbol }) => ["line of ", symbol]), rename(zBar, delta)],
    values,
  );
  const handedOn: Derivation = { equation: "BP2", layer: 1, chain };
  return [...derivations.filter(({ equation }) => equation !== "∇ₐC"), handedOn];
}
