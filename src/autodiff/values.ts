/** The numerical definitions of the primitives: plain float64 loops over column-major matrices. */
import { type Elements, type Matrix, type Shape, size } from "./matrix.js";

type Value = (shape: Shape, ...inputs: readonly Matrix[]) => Float64Array;

/** y = f(x), element by element. */
export function map(f: (x: number) => number): Value {
  return (shape, x) => {
    const { data } = x as Matrix;
    const y = new Float64Array(size(shape));
    for (let i = 0; i < y.length; i++) y[i] = f(data[i]!);
    return y;
  };
}

/** y = f(x₁, x₂), element by element. */
export function zip(f: (x1: number, x2: number) => number): Value {
  return (shape, x1, x2) => {
    const [{ data: d1 }, { data: d2 }] = [x1 as Matrix, x2 as Matrix];
    const y = new Float64Array(size(shape));
    for (let i = 0; i < y.length; i++) y[i] = f(d1[i]!, d2[i]!);
    return y;
  };
}

/**
 * The matrix product, column by column: y[:, c] = Σₖ a[:, k] b[k, c]. Most pixels of a digit are 0, so
 * terms with b[k, c] = 0 are left out where that changes nothing: where all of a is finite.
 */
export const product: Value = ([rows, columns], a, b) => {
  const [{ data: left, shape }, { data: right }] = [a as Matrix, b as Matrix];
  const inner = shape[1];
  let skipsZeros: boolean | undefined;
  const y = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    for (let k = 0; k < inner; k++) {
      const factor = right[c * inner + k]!;
      if (factor === 0) {
        skipsZeros ??= allFinite(left);
        if (skipsZeros) continue;
      }
      const [to, from] = [c * rows, k * rows];
      for (let r = 0; r < rows; r++) y[to + r]! += left[from + r]! * factor;
    }
  }
  return y;
};

/** Whether no element is infinite or NaN: only then are all of them, times 0, still 0. */
function allFinite(data: Elements): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += 0 * data[i]!;
  return sum === 0;
}

export const transposed: Value = ([rows, columns], x) => {
  const { data } = x as Matrix;
  const y = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) y[c * rows + r] = data[r * columns + c]!;
  }
  return y;
};

/** Repeats the one row, the one column, or the one element of x. */
export const repeated: Value = ([rows, columns], x) => {
  const { data, shape } = x as Matrix;
  const y = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) y[c * rows + r] = data[position(shape, r, c)]!;
  }
  return y;
};

/** Combines all elements of x that `broadcast` would make from one element of y. */
export function reduce(f: (sum: number, x: number) => number, start: number): Value {
  return (shape, x) => {
    const {
      data,
      shape: [rows, columns],
    } = x as Matrix;
    const y = new Float64Array(size(shape)).fill(start);
    for (let c = 0; c < columns; c++) {
      for (let r = 0; r < rows; r++) {
        const i = position(shape, r, c);
        y[i] = f(y[i]!, data[c * rows + r]!);
      }
    }
    return y;
  };
}

/** The index of the element that a matrix of this shape has at (r, c) once it is broadcast. */
function position([rows, columns]: Shape, r: number, c: number): number {
  return (columns === 1 ? 0 : c) * rows + (rows === 1 ? 0 : r);
}

/** y[:, c] = x[:, i[c]] */
export const selected: Value = ([rows, columns], x, i) => {
  const { data, shape } = x as Matrix;
  const y = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    const from = columnIndex("columns", i as Matrix, c, shape[1]) * rows;
    for (let r = 0; r < rows; r++) y[c * rows + r] = data[from + r]!;
  }
  return y;
};

/** y[:, i[c]] is the sum of all x[:, c] sent there, and 0 where none is. */
export const scattered: Value = ([rows, columns], x, i) => {
  const { data, shape } = x as Matrix;
  const y = new Float64Array(rows * columns);
  for (let c = 0; c < shape[1]; c++) {
    const to = columnIndex("scatterColumns", i as Matrix, c, columns) * rows;
    for (let r = 0; r < rows; r++) y[to + r]! += data[c * rows + r]!;
  }
  return y;
};

function columnIndex(name: string, { data }: Matrix, c: number, columns: number): number {
  const index = data[c]!;
  if (Number.isInteger(index) && index >= 0 && index < columns) return index;
  throw new RangeError(
    `${name}: column index ${c} is ${index}, and should be a whole number from 0 to ${columns - 1}`,
  );
}
