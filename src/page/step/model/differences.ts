/** What a nudge of one node changes: finite differences, which know of no rule. */
import type { Matrix, Variable } from "../../../autodiff/index.js";
import { isLarge, largestOf } from "./large.js";
import { forwardValues, type Sweep, type SweepNode, type Values } from "./sweep.js";

/** A node, or one element of its matrix, is moved by h and by −h. */
export interface Nudge {
  readonly node: SweepNode;
  /** Column by column, as matrices are stored. */
  readonly element: number;
  readonly h: number;
}

/** (L(x + h) − L(x − h)) / 2h, everything after the node being computed anew, and nothing before it. */
export function slopeAt(sweep: Sweep, values: Values, { node, element, h }: Nudge): number {
  const [above, below] = [h, -h].map((offset) => {
    const after = nudged(sweep, values, { node, element, h: offset });
    return after.get(sweep.result.symbol)?.data[0] as number;
  }) as [number, number];
  const x = values.get(node.symbol)?.data[element] as number;
  // What was really added may differ from h by a rounding.
  return (above - below) / (x + h - (x - h));
}

/** The slopes of all elements of a node; of a large one, of that with the largest bar alone. */
export function slopesAt(sweep: Sweep, values: Values, node: SweepNode, h: number): Matrix {
  const { shape, data } = values.get(node.symbol) as Matrix;
  const bars = node.bar && values.get(node.bar);
  const only = isLarge(shape) ? largestOf(bars ?? { shape, data }) : undefined;
  const slopes = Float64Array.from(data, (_, element) =>
    only === undefined || element === only ? slopeAt(sweep, values, { node, element, h }) : 0,
  );
  return { shape, data: slopes };
}

/** A node that a nudge reaches, and how far it moves there for each unit of the nudge. */
export interface Ripple {
  readonly node: SweepNode;
  readonly rate: Matrix;
}

/** What moves with a node, in the order in which it is computed; the node itself first. */
export function ripplesOf(
  sweep: Sweep,
  values: Values,
  { node, element, h }: Nudge,
): readonly Ripple[] {
  const reached = new Set([node]);
  for (const each of sweep.nodes) {
    if (reached.has(each)) for (const { user } of each.uses) reached.add(user);
  }
  const above = nudged(sweep, values, { node, element, h });
  const below = nudged(sweep, values, { node, element, h: -h });
  return sweep.nodes
    .filter((each) => reached.has(each))
    .map((each) => {
      const [high, low] = [above, below].map((all) => all.get(each.symbol)) as [Matrix, Matrix];
      const rates = Float64Array.from(high.data, (x, k) => (x - (low.data[k] as number)) / (2 * h));
      return { node: each, rate: { shape: high.shape, data: rates } };
    });
}

function nudged({ nodes }: Sweep, values: Values, { node, element, h }: Nudge): Values {
  const { shape, data } = values.get(node.symbol) as Matrix;
  const moved = Float64Array.from(data);
  moved[element] = (moved[element] as number) + h;
  const given = new Map<Variable, Matrix>(
    nodes.flatMap(({ symbol, right }): [Variable, Matrix][] =>
      right === undefined ? [[symbol, values.get(symbol) as Matrix]] : [],
    ),
  );
  return forwardValues(nodes, given.set(node.symbol, { shape, data: moved }));
}
