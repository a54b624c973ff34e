/** The float64 interpreter: the definition of what a graph computes. */
import { share, topologicalOrder } from "./graph.js";
import { type Matrix, sameShape, show } from "./matrix.js";
import { type Application, type Node, ShapeError, type Variable } from "./node.js";
import { type Like, leaves, rebuild, type Tree } from "./tree.js";

/** The values of variables. */
export type Bindings = ReadonlyMap<Variable, Matrix>;

/**
 * The values of one node, or of a tree of nodes, given those of the variables they depend on. One
 * forward pass: every node is computed once, whatever the number of its uses.
 *
 * Throws an Error that names the variable if one has no value, or one of another shape.
 */
export function evaluate<T extends Tree>(
  outputs: T,
  bindings: Bindings = new Map(),
): Like<T, Matrix> {
  const ys = share(leaves(outputs));
  return rebuild(outputs, forwardPass(topologicalOrder(ys), ys, bindings)) as Like<T, Matrix>;
}

/** The values of `ys`, the nodes of `order` being computed one after the other. */
export function forwardPass(
  order: readonly Node[],
  ys: readonly Node[],
  bindings: Bindings,
): Matrix[] {
  const values = new Map<Node, Matrix>();
  const valueAt = (node: Node) => values.get(node) as Matrix;
  for (const node of order) {
    if (node.kind === "variable") values.set(node, bound(node, bindings));
    else if (node.kind === "constant") values.set(node, node.value);
    else values.set(node, applied(node, node.inputs.map(valueAt)));
  }
  return ys.map(valueAt);
}

function applied({ primitive, shape }: Application, inputs: readonly Matrix[]): Matrix {
  return { shape, data: primitive.value(shape, ...inputs) };
}

function bound(x: Variable, bindings: Bindings): Matrix {
  const value = bindings.get(x);
  if (value === undefined) throw new Error(`evaluate: the variable ${x.name} has no value`);
  if (sameShape(value.shape, x.shape)) return value;
  throw new ShapeError(
    `evaluate: the variable ${x.name} is ${show(x.shape)}, its value ${show(value.shape)}`,
  );
}
