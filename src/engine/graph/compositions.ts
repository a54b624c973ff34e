/**
 * Primitives that are not of the table have no kernels: each of their nodes is replaced by its composition,
 * until only primitives of the table are left.
 */
import {
  type Application,
  type Node,
  type Primitive,
  primitives,
  rewrite,
  substitute,
  variable,
} from "../../autodiff/index.js";
import { sameShape } from "../../autodiff/matrix.js";
import { EngineError } from "../errors.js";

/** Throws an {@link EngineError} that names a primitive which is neither of the table nor composed. */
export function expandCompositions(ys: readonly Node[]): Node[] {
  return expanded(ys, []);
}

/** @param within the primitives in whose compositions these nodes stand */
function expanded(ys: readonly Node[], within: readonly Primitive[]): Node[] {
  return rewrite(ys, (node) => {
    if (node.kind !== "application" || isOfTable(node)) return node;
    const xs = node.inputs.map(({ shape }) => variable(shape));
    const [y] = expanded([composed(node, xs, within)], [...within, node.primitive]);
    return substitute(
      [y as Node],
      new Map(xs.map((x, k) => [x, node.inputs[k] as Node])),
    )[0] as Node;
  });
}

function composed(
  { name, primitive, shape }: Application,
  xs: readonly Node[],
  within: readonly Primitive[],
): Node {
  if (primitive.composition === undefined) {
    throw new EngineError(
      `the engine has no kernel for the primitive ${name}: give its definition a composition of other primitives, or run the program on the interpreter`,
    );
  }
  if (within.includes(primitive)) {
    throw new EngineError(
      `the composition of the primitive ${name} leads back to ${name}: compose it of other primitives`,
    );
  }
  const y = primitive.composition(...xs);
  if (sameShape(y.shape, shape)) return y;
  throw new EngineError(
    `the composition of the primitive ${name} should be ${shape.join("×")} as its shape says, not ${y.shape.join("×")}`,
  );
}

/** By identity: a name alone does not make a node one of the table. */
function isOfTable({ name, primitive }: Application): boolean {
  return (
    Object.hasOwn(primitives, name) && primitives[name as keyof typeof primitives] === primitive
  );
}
