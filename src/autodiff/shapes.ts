/** The shape rules of the primitives. Each gives a shape, or a sentence that says what does not fit. */
import { type Shape, sameShape, show } from "./matrix.js";

type Inferred = Shape | string;

/** Elementwise: every argument has the shape of the result. */
export function elementwiseShape([first, ...others]: readonly Shape[]): Inferred {
  const shape = first as Shape;
  const k = others.findIndex((other) => !sameShape(shape, other));
  return k < 0 ? shape : `argument ${k + 2} should be ${show(shape)} like argument 1`;
}

/** (n×m)(m×p) = n×p */
export function productShape([a, b]: readonly Shape[]): Inferred {
  const [[n, m], [rows, p]] = [a as Shape, b as Shape];
  return rows === m
    ? [n, p]
    : `argument 2 should have ${m} rows, as many as argument 1 has columns`;
}

export function transposeShape([x]: readonly Shape[]): Inferred {
  const [rows, columns] = x as Shape;
  return [columns, rows];
}

/** Whether `small` becomes `large` by repeating its one row, its one column, or both. */
export function broadcasts(small: Shape, large: Shape): boolean {
  return small.every((extent, axis) => extent === large[axis] || extent === 1);
}

/** The target shape, to which the argument is repeated. */
export function broadcastShape([x]: readonly Shape[], target?: Shape): Inferred {
  const shape = target as Shape;
  return broadcasts(x as Shape, shape) ? shape : `argument 1 cannot be repeated to ${show(shape)}`;
}

/** The target shape, to which the argument is reduced; without a target, 1×1. */
export function reductionShape([x]: readonly Shape[], target: Shape = [1, 1]): Inferred {
  return broadcasts(target, x as Shape)
    ? target
    : `argument 1 cannot be reduced to ${show(target)}`;
}

/** columns(x, i): x is n×m, the indices i are 1×B, the result is n×B. */
export function columnsShape([x, i]: readonly Shape[]): Inferred {
  const [[n], [rows, b]] = [x as Shape, i as Shape];
  return rows === 1 ? [n, b] : "argument 2, the indices, should be a row vector (1×B)";
}

/** scatterColumns(x, i): x is n×B, the indices i are 1×B, the result is the target n×m. */
export function scatterColumnsShape([x, i]: readonly Shape[], target?: Shape): Inferred {
  if (target === undefined) return "argument 3, the shape of the result, is missing";
  const [[n, b], indices] = [x as Shape, i as Shape];
  if (!sameShape(indices, [1, b])) return `argument 2, the indices, should be 1×${b}`;
  return target[0] === n ? target : `the result should have ${n} rows, not ${target[0]}`;
}

/** The smallest shape to which both arguments broadcast. */
export function commonShape([r1, c1]: Shape, [r2, c2]: Shape): Shape {
  return [r1 === 1 ? r2 : r1, c1 === 1 ? c2 : c1];
}
