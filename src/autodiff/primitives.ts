/**
 * The table of primitives: for each its value, its shape, and its rule
 *
 *     j(primitive): (y, ȳ, x…) ↦ x̄…,   where x̄ := ∂L/∂x for a scalar L.
 *
 * Rules are written with the primitives themselves, so they can be evaluated, compiled, printed, and
 * differentiated again. Below the table stand the builders: `exp(x)` is the node y = exp x.
 */
import { type Shape, sameShape, show } from "./matrix.js";
import { apply, type Node, type Operand, type Primitive, ShapeError, toNodes } from "./node.js";
import {
  broadcastShape,
  broadcasts,
  columnsShape,
  commonShape,
  elementwiseShape,
  productShape,
  reductionShape,
  scatterColumnsShape,
  transposeShape,
} from "./shapes.js";
import { map, product, reduce, repeated, scattered, selected, transposed, zip } from "./values.js";

export const primitives = {
  add: {
    shape: elementwiseShape,
    value: zip((x1, x2) => x1 + x2),
    rule: (y, yBar, x1, x2) => [yBar, yBar],
  },
  subtract: {
    shape: elementwiseShape,
    value: zip((x1, x2) => x1 - x2),
    rule: (y, yBar, x1, x2) => [yBar, negate(yBar)],
  },
  multiply: {
    shape: elementwiseShape,
    value: zip((x1, x2) => x1 * x2),
    rule: (y, yBar, x1, x2) => [multiply(yBar, x2), multiply(yBar, x1)],
  },
  divide: {
    shape: elementwiseShape,
    value: zip((x1, x2) => x1 / x2),
    rule: (y, yBar, x1, x2) => [divide(yBar, x2), negate(divide(multiply(yBar, y), x2))],
  },
  negate: {
    shape: elementwiseShape,
    value: map((x) => -x),
    rule: (y, yBar, x) => [negate(yBar)],
  },
  reciprocal: {
    shape: elementwiseShape,
    value: map((x) => 1 / x),
    rule: (y, yBar, x) => [negate(multiply(multiply(yBar, y), y))],
  },
  /** Saturates at the largest finite number: else 1 / (1 + exp −z) would have the gradient 0 · ∞. */
  exp: {
    shape: elementwiseShape,
    value: map((x) => Math.min(Math.exp(x), Number.MAX_VALUE)),
    rule: (y, yBar, x) => [multiply(y, yBar)],
  },
  log: {
    shape: elementwiseShape,
    value: map(Math.log),
    rule: (y, yBar, x) => [divide(yBar, x)],
  },
  sqrt: {
    shape: elementwiseShape,
    value: map(Math.sqrt),
    rule: (y, yBar, x) => [divide(yBar, add(y, y))],
  },
  tanh: {
    shape: elementwiseShape,
    value: map(Math.tanh),
    rule: (y, yBar, x) => [multiply(yBar, subtract(1, multiply(y, y)))],
  },
  /** Where both are equal, the second is taken: relu(x) = maximum(x, 0) has the slope 0 at 0. */
  maximum: {
    shape: elementwiseShape,
    value: zip(Math.max),
    rule: (y, yBar, x1, x2) => [
      multiply(yBar, greater(x1, x2)),
      multiply(yBar, subtract(1, greater(x1, x2))),
    ],
  },
  /** 1 where x₁ > x₂, else 0: constant but for its jumps. */
  greater: {
    shape: elementwiseShape,
    value: zip((x1, x2) => (x1 > x2 ? 1 : 0)),
    rule: () => [undefined, undefined],
  },
  /** The largest whole number that is not above x: constant but for its jumps. */
  floor: {
    shape: elementwiseShape,
    value: map(Math.floor),
    rule: () => [undefined],
  },
  /** y = x₁ x₂; for a column vector x₂ the note's (ȳ ⊗ x₂, x₁ᵀ ȳ). */
  matmul: {
    shape: productShape,
    value: product,
    rule: (y, yBar, x1, x2) => [matmul(yBar, transpose(x2)), matmul(transpose(x1), yBar)],
  },
  transpose: {
    shape: transposeShape,
    value: transposed,
    rule: (y, yBar, x) => [transpose(yBar)],
  },
  /** Repeats a row, a column or a scalar up to a shape: the adjoint of `sum`. */
  broadcast: {
    shape: broadcastShape,
    value: repeated,
    rule: (y, yBar, x) => [sum(yBar, x.shape)],
  },
  /** Adds up rows, columns or all down to a shape: the adjoint of `broadcast`. */
  sum: {
    shape: reductionShape,
    value: reduce((total, x) => total + x, 0),
    rule: (y, yBar, x) => [broadcast(yBar, x.shape)],
  },
  /** The largest over rows, columns or all. ȳ flows to the largest element, in equal parts to several. */
  max: {
    shape: reductionShape,
    value: reduce(Math.max, Number.NEGATIVE_INFINITY),
    rule: (y, yBar, x) => {
      const attained = subtract(1, greater(broadcast(y, x.shape), x));
      return [multiply(broadcast(divide(yBar, sum(attained, y.shape)), x.shape), attained)];
    },
  },
  /** y[:, c] = x[:, i[c]] for a row vector of indices i: the adjoint of `scatterColumns`. */
  columns: {
    shape: columnsShape,
    value: selected,
    rule: (y, yBar, x, i) => [scatterColumns(yBar, i, x.shape), undefined],
  },
  /** y[:, i[c]] = Σ x[:, c] over all c with that index: the adjoint of `columns`. */
  scatterColumns: {
    shape: scatterColumnsShape,
    value: scattered,
    rule: (y, yBar, x, i) => [columns(yBar, i), undefined],
  },
} as const satisfies Record<string, Primitive>;

export type PrimitiveName = keyof typeof primitives;

/** x₁ + x₂. Here and in all elementwise operations on two arguments, 1×1, 1×B or n×1 is repeated to fit the other. */
export function add(x1: Operand, x2: Operand): Node {
  return combine("add", x1, x2);
}

/** x₁ − x₂ */
export function subtract(x1: Operand, x2: Operand): Node {
  return combine("subtract", x1, x2);
}

/** x₁ ⊙ x₂, element by element */
export function multiply(x1: Operand, x2: Operand): Node {
  return combine("multiply", x1, x2);
}

/** x₁ / x₂, element by element */
export function divide(x1: Operand, x2: Operand): Node {
  return combine("divide", x1, x2);
}

/** max(x₁, x₂), element by element */
export function maximum(x1: Operand, x2: Operand): Node {
  return combine("maximum", x1, x2);
}

/** 1 where x₁ > x₂, else 0 */
export function greater(x1: Operand, x2: Operand): Node {
  return combine("greater", x1, x2);
}

/** −x */
export function negate(x: Operand): Node {
  return build("negate", [x]);
}

/** 1 / x */
export function reciprocal(x: Operand): Node {
  return build("reciprocal", [x]);
}

/** exp x, at most the largest finite number */
export function exp(x: Operand): Node {
  return build("exp", [x]);
}

/** The natural logarithm, element by element: −∞ at 0, and NaN below. */
export function log(x: Operand): Node {
  return build("log", [x]);
}

/** √x, element by element: NaN below 0. */
export function sqrt(x: Operand): Node {
  return build("sqrt", [x]);
}

/** The hyperbolic tangent, element by element */
export function tanh(x: Operand): Node {
  return build("tanh", [x]);
}

/** The largest whole number that is not above x */
export function floor(x: Operand): Node {
  return build("floor", [x]);
}

/** The matrix product x₁ x₂ of n×m and m×p: n×p. */
export function matmul(x1: Operand, x2: Operand): Node {
  return build("matmul", [x1, x2]);
}

/** xᵀ */
export function transpose(x: Operand): Node {
  return build("transpose", [x]);
}

/** x (1×1, 1×B or n×1) repeated to `shape`; x itself if it has that shape. */
export function broadcast(x: Operand, shape: Shape): Node {
  return reshape("broadcast", x, shape);
}

/** Sums of x (n×B): of all elements to 1×1, the default; of each column to 1×B; of each row to n×1. */
export function sum(x: Operand, shape: Shape = [1, 1]): Node {
  return reshape("sum", x, shape);
}

/** The largest elements of x (n×B): of all to 1×1, the default; of each column to 1×B; of each row to n×1. */
export function max(x: Operand, shape: Shape = [1, 1]): Node {
  return reshape("max", x, shape);
}

/** The columns of x (n×m) that the row vector of indices i (1×B, from 0) names: n×B. */
export function columns(x: Operand, i: Operand): Node {
  return build("columns", [x, i]);
}

/** The n×m matrix of `shape`, 0 at first, to whose column i[c] (i is 1×B, from 0) column c of x (n×B) is added. */
export function scatterColumns(x: Operand, i: Operand, shape: Shape): Node {
  return build("scatterColumns", [x, i], shape);
}

function build(name: PrimitiveName, operands: readonly Operand[], target?: Shape): Node {
  return apply(name, primitives[name], operands, target);
}

function reshape(name: "broadcast" | "sum" | "max", operand: Operand, shape: Shape): Node {
  const [x] = toNodes(name, [operand]) as [Node];
  return sameShape(x.shape, shape) ? x : build(name, [x], shape);
}

function combine(name: PrimitiveName, x1: Operand, x2: Operand): Node {
  const operands = toNodes(name, [x1, x2]);
  const [s1, s2] = operands.map((operand) => operand.shape) as [Shape, Shape];
  const shape = commonShape(s1, s2);
  if (!broadcasts(s1, shape) || !broadcasts(s2, shape)) {
    throw new ShapeError(
      `${name}(${show(s1)}, ${show(s2)}): argument 2 should be ${show(s1)} like argument 1, or one of them a row, column or scalar that repeats to the other's shape`,
    );
  }
  const alike = operands.map((operand) => broadcast(operand, shape));
  return build(name, alike);
}
