/** The values that programs compute with: real matrices, stored column by column. */
import { counted } from "../counted.js";
import { expectArray, expectNumbers, given, isNumbers, shown, unexpected } from "../given.js";

/** Rows × columns. A scalar is 1×1, the note's column vector n×1, a batch of B of them n×B. */
export type Shape = readonly [rows: number, columns: number];

/** What may hold the elements. Values computed by the interpreter are always float64. */
export type Elements = Float64Array | Float32Array | Uint8Array;

/** Element (row, column) is `data[column * rows + row]`: each column is contiguous. */
export interface Matrix {
  readonly shape: Shape;
  readonly data: Elements;
}

/**
 * A matrix from its rows, written as one reads it: `matrix([[1, 2], [3, 4]])`. Throws a RangeError if there are no
 * rows, or their lengths differ or are 0, and a TypeError if a row is not an array, or an element not a number.
 */
export function matrix(rows: readonly ArrayLike<number>[]): Matrix {
  expectArray("matrix: the rows", rows, "an array of arrays, such as [[1, 2], [3, 4]]");
  for (const [r, row] of rows.entries()) expectNumbers(`matrix: row ${r}`, row);
  const columns = rows[0]?.length ?? 0;
  if (columns === 0 || rows.some((row) => row.length !== columns)) {
    throw new RangeError("matrix: expected at least one row, and rows of one same length above 0");
  }
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, r) => {
    for (let c = 0; c < columns; c++) {
      const element = row[c];
      if (typeof element !== "number") {
        throw unexpected(`matrix: the element at row ${r}, column ${c}`, "a number", element);
      }
      data[c * rows.length + r] = element;
    }
  });
  return { shape: [rows.length, columns], data };
}

/** A column vector n×1 of n numbers, n being 1 or more. Throws as {@link matrix} does. */
export function column(elements: ArrayLike<number>): Matrix {
  expectNumbers("column: the elements", elements);
  return matrix(Array.from(elements, (element) => [element]));
}

/**
 * A matrix over elements that lie column by column already; they are not copied. Throws a RangeError if `shape` is
 * not a shape, or `data` has another number of elements, and a TypeError if `data` is not a typed array of numbers.
 */
export function matrixOf(shape: Shape, data: Elements): Matrix {
  expectShape("matrixOf", shape);
  if (!isNumbers(data)) throw unexpected("matrixOf: the elements", IN_TYPED_ARRAY, data);
  expectCount("matrixOf", shape, data);
  return { shape, data };
}

/** A copy, with elements of its own. */
export function copyOf({ shape, data }: Matrix): Matrix {
  return matrixOf(shape, data.slice());
}

const IN_TYPED_ARRAY = "a typed array of numbers, such as a Float64Array";

/** Throws an error that begins with `what` unless it is a matrix. */
export function expectMatrix(what: string, x: unknown, expected = "a matrix"): asserts x is Matrix {
  if (typeof x !== "object" || x === null || !("data" in x && "shape" in x)) {
    throw unexpected(what, expected, x);
  }
  const { shape, data } = x as Matrix;
  if (!isNumbers(data)) throw unexpected(`${what} is no matrix: its data`, IN_TYPED_ARRAY, data);
  expectShape(what, shape);
  expectCount(what, shape, data);
}

function expectCount(what: string, shape: Shape, { length }: Elements): void {
  if (length === size(shape)) return;
  const expected = counted(size(shape), "element");
  throw new RangeError(`${what}: ${show(shape)} takes ${expected}, not ${length}`);
}

export function size([rows, columns]: Shape): number {
  return rows * columns;
}

/** Throws a RangeError unless it is a shape. */
export function expectShape(name: string, shape: Shape): void {
  const isPair = Array.isArray(shape) && shape.length === 2;
  if (isPair && shape.every((length) => Number.isSafeInteger(length) && length >= 0)) return;
  throw new RangeError(
    `${name}: a shape should be two whole numbers from 0 on, [rows, columns], not ${isPair ? `[${shape.map(shown).join(", ")}]` : given(shape)}`,
  );
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** A shape as messages show it: `784×10`. */
export function show([rows, columns]: Shape): string {
  return `${rows}×${columns}`;
}

/** An element's place as messages name it: `row 2, column 0`. */
export function placeOf([rows]: Shape, i: number): string {
  return `row ${i % rows}, column ${Math.floor(i / rows)}`;
}
