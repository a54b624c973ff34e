/** The float64 interpreter: the definition of what a graph computes. */
import { expectMap } from "../given.js";
import { expectFinite } from "./checking/finite.js";
import { parents, share, topologicalOrder } from "./graph.js";
import { copyOf, expectMatrix, type Matrix, sameShape, show } from "./matrix.js";
import { type Node, ShapeError, type Variable } from "./node.js";
import { type Like, leaves, rebuild, type Tree } from "./tree.js";

/** The values of variables. */
export type Bindings = ReadonlyMap<Variable, Matrix>;

export interface EvaluateOptions {
  /** Whether to stop, with a `NonFiniteError`, at the first node whose value is infinite or NaN. */
  readonly finite?: boolean;
}

/**
 * The values of one node, or of a tree of nodes, given those of the variables they depend on. One
 * forward pass: every node is computed once, whatever the number of its uses.
 *
 * Throws an Error that names the variable if one has no value, a {@link ShapeError} if its value has another shape,
 * and a TypeError if its value is not a matrix, an output not a node, or `bindings` not a Map; a RangeError if
 * `columns` or `scatterColumns` is given the index of a column that does not exist; with `finite`, a
 * `NonFiniteError` that gives the equation of the first node whose value is not finite.
 */
export function evaluate<T extends Tree>(
  outputs: T,
  bindings: Bindings = new Map(),
  { finite = false }: EvaluateOptions = {},
): Like<T, Matrix> {
  expectMap("evaluate: the values", bindings, "a Map from variables to matrices");
  const ys = share(leaves(outputs, "evaluate: outputs"));
  const values = forwardPass(topologicalOrder(ys), ys, bindings, finite ? expectFinite : undefined);
  // Copies, where the elements are those of a leaf, or of an earlier result.
  const returned = new Set<Node>();
  const results = values.map((value, k) => {
    const node = ys[k] as Node;
    const isNew = node.kind === "application" && !returned.has(node);
    returned.add(node);
    return isNew ? value : copyOf(value);
  });
  return rebuild(outputs, results) as Like<T, Matrix>;
}

/** The values of `ys`, the nodes of `order` being computed, and inspected, one after the other. */
export function forwardPass(
  order: readonly Node[],
  ys: readonly Node[],
  bindings: Bindings,
  inspect?: (node: Node, value: Matrix, inputs: readonly Matrix[]) => void,
): Matrix[] {
  const values = new Map<Node, Matrix>();
  const valueAt = (node: Node) => values.get(node) as Matrix;
  for (const node of order) {
    const inputs = parents(node).map(valueAt);
    const value = computed(node, inputs, bindings);
    inspect?.(node, value, inputs);
    values.set(node, value);
  }
  return ys.map(valueAt);
}

function computed(node: Node, inputs: readonly Matrix[], bindings: Bindings): Matrix {
  if (node.kind === "variable") return bound(node, bindings);
  if (node.kind === "constant") return node.value;
  return { shape: node.shape, data: node.primitive.value(node.shape, ...inputs) };
}

function bound(x: Variable, bindings: Bindings): Matrix {
  const value = bindings.get(x);
  if (value === undefined) throw new Error(`evaluate: the variable ${x.name} has no value`);
  expectMatrix(`evaluate: the value of the variable ${x.name}`, value);
  if (sameShape(value.shape, x.shape)) return value;
  throw new ShapeError(
    `evaluate: the variable ${x.name} is ${show(x.shape)}, its value ${show(value.shape)}`,
  );
}
