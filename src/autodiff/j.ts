/**
 * Reverse-mode automatic differentiation: the one differential operator, and its everyday forms.
 *
 *     j: (x → y) → (y, ȳ, x) → x̄
 */
import { dependents, share, substitute, topologicalOrder } from "./graph.js";
import { sameShape, show } from "./matrix.js";
import { type Node, type Operand, ShapeError, variable } from "./node.js";
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
 * Throws a {@link ShapeError} if y or ȳ does not have the shape of f(x…).
 */
export function j<X extends readonly Tree[], Y extends Tree>(f: (...x: X) => Y): Vjp<X, Y>;
export function j(f: (...x: Tree[]) => Tree) {
  return (y: Tree, yBar: Tree, ...x: Tree[]): unknown => {
    // Fresh variables stand for the arguments, so that f(x, x) has two partial derivatives, and
    // whatever else f refers to is held constant.
    const given = leaves(x);
    const fresh = given.map((leaf) => variable(leaf.shape));
    const traced = share(leaves(f(...(rebuild(x, fresh) as Node[]))));
    const [ys, yBars] = [leaves(y), leaves(yBar)];
    expectShapes("y", ys, traced);
    expectShapes("ȳ", yBars, traced);
    const bars = reverseSweep(traced, yBars, fresh);
    const actual = new Map([...pairs(traced, ys), ...pairs(fresh, given)]);
    const xBars = rebuild(x, substitute(bars, actual)) as Node[];
    return x.length === 1 ? xBars[0] : xBars;
  };
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
    y.inputs.forEach((x, k) => {
      contribute(x, xBars[k]);
    });
  }
  return xs.map((x) => bars.get(x) ?? broadcast(0, x.shape));
}

/** The gradient of a scalar function: ∂f/∂x, of the structure of x. */
export function grad<X extends readonly Tree[]>(f: (...x: X) => Node) {
  return (...x: X): Bars<X> => valueAndGrad(f)(...x)[1];
}

/**
 * The value and the gradient of a scalar function. Both belong to one graph, whose forward part is
 * computed once for the two. Throws a {@link ShapeError} if f(x…) is not 1×1.
 */
export function valueAndGrad<X extends readonly Tree[]>(f: (...x: X) => Node) {
  return (...x: X): [y: Node, xBar: Bars<X>] => {
    const y = f(...x);
    if (!sameShape(y.shape, [1, 1])) {
      throw new ShapeError(
        `grad: the function should give a scalar (1×1), not ${show(y.shape)}; sum it up, or use j with a ȳ of that shape`,
      );
    }
    return [y, j<X, Node>(f)(y, 1, ...x)];
  };
}

function expectShapes(name: string, actual: readonly Node[], expected: readonly Node[]): void {
  const k = expected.findIndex((node, k) => !sameShape(node.shape, actual[k]?.shape ?? [0, 0]));
  if (k < 0 && actual.length === expected.length) return;
  const shapes = (nodes: readonly Node[]) => nodes.map((node) => show(node.shape)).join(", ");
  throw new ShapeError(`j: ${name} should be ${shapes(expected)} like f(x), not ${shapes(actual)}`);
}

function pairs(from: readonly Node[], to: readonly Node[]): [Node, Node][] {
  return from.map((node, k) => [node, to[k] as Node]);
}
