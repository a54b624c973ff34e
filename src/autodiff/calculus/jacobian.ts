/** Derivatives written out as one matrix. Matrices are read by columns: vec stacks them. */
import { pairs, substitute } from "../graph.js";
import { j } from "../j.js";
import { type Matrix, matrixOf, size } from "../matrix.js";
import { constant, type Node, variable } from "../node.js";
import { add, columns, scatterColumns, transpose } from "../primitives.js";
import { leaves, rebuild, type Tree } from "../tree.js";

/**
 * vec x, the elements of a matrix in one column, column under column: element (r, c) of an n×m matrix
 * is number c n + r. Of a tree, one leaf under the other.
 */
export function vec(x: Tree): Node {
  const parts = leaves(x, "vec: x").flatMap((leaf) =>
    Array.from({ length: leaf.shape[1] }, (_, c) => transpose(columns(leaf, constant(c)))),
  );
  return transpose(beside(parts));
}

/**
 * The Jacobian of f at x: J = ∂ vec y / ∂ vec x for y = f(x…). For f from n×m to p×q it is pq×nm, and
 * J[d p + s, c n + r] = ∂y[s, d] / ∂x[r, c]; so for column vectors J[s, r] = ∂yₛ/∂xᵣ as usual. Several or
 * structured arguments and results count as one long vector each, as {@link vec} lays them out.
 *
 * Row by row it is x̄ for the unit vectors ȳ: the rules are applied once, and the result computed once
 * for every element of y. Where f does not depend on x, it is 0.
 */
export function jacobian<X extends readonly Tree[]>(f: (...x: X) => Tree): (...x: X) => Node {
  return (...x) => {
    const y = f(...x);
    const yBars = leaves(y).map(({ shape }) => variable(shape));
    const xBar = vec(j(f)(y, rebuild(y, yBars) as Tree, ...x) as Tree);
    const rows = units(yBars).map((e) => substitute([xBar], new Map(pairs(yBars, e)))[0] as Node);
    return transpose(beside(rows));
  };
}

/** One matrix of all columns of these, from left to right; all have as many rows. */
function beside(parts: readonly Node[]): Node {
  const [rows, count] = [parts[0]!.shape[0], parts.reduce((sum, { shape }) => sum + shape[1], 0)];
  let first = 0;
  return parts
    .map((part) => {
      const width = part.shape[1];
      const places = Float64Array.from({ length: width }, (_, c) => first + c);
      first += width;
      return scatterColumns(part, constant(matrixOf([1, width], places)), [rows, count]);
    })
    .reduce((sum, part) => add(sum, part));
}

/** The unit vectors of the space of such nodes: zeros, and a single 1. */
function units(nodes: readonly Node[]): Node[][] {
  return nodes.flatMap((each) =>
    Array.from({ length: size(each.shape) }, (_, i) =>
      nodes.map((node) => constant(zerosBut(node, node === each ? i : undefined))),
    ),
  );
}

function zerosBut({ shape }: Node, one?: number): Matrix {
  const data = new Float64Array(size(shape));
  if (one !== undefined) data[one] = 1;
  return matrixOf(shape, data);
}
