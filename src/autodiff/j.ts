/**
 * Reverse-mode automatic differentiation: the one differential operator, and its everyday forms.
 *
 *     j: (x → y) → (y, ȳ, x) → x̄
 */
import { expectBars, expectDependence, expectScalar, leavesLike } from "./checking/expect.js";
import { dependents, pairs, share, substitute, topologicalOrder } from "./graph.js";
import { constant, type Node, type Operand, type Variable, variable } from "./node.js";
import { add, broadcast } from "./primitives.js";
import { type Like, leaves, rebuild, type Tree } from "./tree.js";

/** x̄ for one argument x, the list x̄… for several. */
export type Bars<X extends readonly Tree[]> = X extends readonly [infer Only]
  ? Like<Only>
  : { [K in keyof X]: Like<X[K]> };

/** (y, ȳ, x…) ↦ x̄… for a function x… ↦ y. */
export type Vjp<X extends readonly Tree[], Y extends Tree> = (
  y: Like<Y, Operand>,
  yBar: Like<Y, Operand>,
  ...x: X
) => Bars<X>;

/**
 * The vector-Jacobian product of f. For y = f(x…) and ȳ = ∂L/∂y, `j(f)(y, yBar, ...x)` is x̄ = ∂L/∂x,
 * of the structure and shapes of x; with several arguments, the list of all x̄.
 *
 * For a primitive this is its rule from the table: `j(exp)(y, yBar, x)` is the node y ȳ. For any
 * function composed of primitives it is found by the reverse sweep. As rules consist of primitives,
 * `j(f)` is such a function again, and `j(j(f))` holds the second derivatives.
 *
 * Throws a {@link ShapeError} if y or ȳ does not have the structure and shapes of f(x…).
 */
export function j<X extends readonly Tree[], Y extends Tree>(f: (...x: X) => Y): Vjp<X, Y>;
export function j(f: (...x: Tree[]) => Tree) {
  return (y: Tree, yBar: Tree, ...x: Tree[]): unknown => {
    const traced = trace("j", f, x);
    const ys = leavesLike("j: y", y, "f(x)", traced.y);
    const yBars = leavesLike("j: ȳ", yBar, "f(x)", traced.y);
    return asBars(x, pullBack(traced, ys, yBars));
  };
}

/** The graph of f(x…), in which fresh variables stand for the nodes of x. */
interface Trace {
  readonly given: readonly Node[];
  readonly fresh: readonly Variable[];
  readonly y: Tree;
  readonly ys: readonly Node[];
}

/**
 * Calls f once, with fresh variables for the arguments: so f(x, x) has two partial derivatives, and
 * whatever else f refers to is held constant.
 */
function trace(name: string, f: (...x: Tree[]) => Tree, x: readonly Tree[]): Trace {
  const given = leaves(x, `${name}: x`);
  const fresh = given.map((leaf) => variable(leaf.shape));
  const y = f(...(rebuild(x, fresh) as Node[]));
  return { given, fresh, y, ys: share(leaves(y)) };
}

/** From ȳ… to x̄…, at the given x… and y…. */
function pullBack(
  { given, fresh, ys }: Trace,
  values: readonly Node[],
  yBars: readonly Node[],
): Node[] {
  const bars = reverseSweep(ys, yBars, fresh);
  return substitute(bars, new Map([...pairs(ys, values), ...pairs(fresh, given)]));
}

function asBars(x: readonly Tree[], bars: readonly Node[]): unknown {
  const xBars = rebuild(x, bars) as unknown[];
  return x.length === 1 ? xBars[0] : xBars;
}

/**
 * The backward pass: from ȳ… to x̄…, visiting each node once, after all that depends on it, and so
 * applying its rule once, to the sum of what its uses contributed. `standsFor` is shown each node
 * with that sum, and says what stands for it from there on: the sum itself, or a name for it.
 */
export function reverseSweep(
  ys: readonly Node[],
  yBars: readonly Node[],
  xs: readonly Node[],
  standsFor: (node: Node, bar: Node) => Node = (_, bar) => bar,
): Node[] {
  const order = topologicalOrder(ys);
  const active = dependents(order, xs);
  const bars = new Map<Node, Node>();
  const contribute = (node: Node, bar: Node | undefined) => {
    if (bar === undefined || !active.has(node)) return;
    const others = bars.get(node);
    bars.set(node, others === undefined ? bar : add(others, bar));
  };
  ys.forEach((y, k) => {
    contribute(y, yBars[k]);
  });
  for (const y of order.reverse()) {
    const total = bars.get(y);
    if (total === undefined) continue;
    const yBar = standsFor(y, total);
    bars.set(y, yBar);
    if (y.kind !== "application") continue;
    const xBars = y.primitive.rule(y, yBar, ...y.inputs);
    expectBars(y, xBars);
    y.inputs.forEach((x, k) => {
      contribute(x, xBars[k]);
    });
  }
  return xs.map((x) => bars.get(x) ?? broadcast(0, x.shape));
}

/**
 * The gradient of a scalar function: ∂f/∂x, of the structure of x. Throws as {@link valueAndGrad}
 * does.
 */
export function grad<X extends readonly Tree[]>(f: (...x: X) => Node) {
  return (...x: X): Bars<X> => valueAndGrad(f)(...x)[1];
}

/**
 * The value and the gradient of a scalar function: j with ȳ = 1. Both belong to one graph, whose
 * forward part is computed once for the two.
 *
 * Throws a {@link ShapeError} if f(x…) is not 1×1, and an {@link IndependenceError} if f computes with
 * none of its arguments, as then there is nothing to descend along. Of an argument that is not used
 * beside others that are, x̄ is 0.
 */
export function valueAndGrad<X extends readonly Tree[]>(
  f: (...x: X) => Node,
): (...x: X) => [y: Node, xBar: Bars<X>];
export function valueAndGrad(f: (...x: Tree[]) => Node) {
  return (...x: Tree[]): [y: Node, xBar: unknown] => {
    const traced = trace("grad", f, x);
    expectScalar(traced.ys);
    expectDependence(traced.ys, traced.fresh);
    const [y] = substitute(traced.ys, new Map(pairs(traced.fresh, traced.given))) as [Node];
    return [y, asBars(x, pullBack(traced, [y], [constant(1)]))];
  };
}
