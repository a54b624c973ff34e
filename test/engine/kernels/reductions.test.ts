/** Sums and maxima over rows, columns and all. */
import { describe, expect, test } from "vitest";
import {
  clear,
  EPSILON,
  expectElements,
  expectSameBits,
  kernel,
  Matrix,
  randomFrom,
  SIZES,
} from "./memory.js";

const random = randomFrom(2);
const signed = () => 2 * random() - 1;
const TALL = [...SIZES, 64, 67, 130];

const numbers = (count: number, f: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => f(i));

const reductions = [
  { name: "sum", reduce: (xs: number[]) => xs.reduce((sum, x) => sum + x), rounding: EPSILON },
  { name: "max", reduce: (xs: number[]) => Math.max(...xs), rounding: 0 },
];

describe.each(reductions)("$name", ({ name, reduce, rounding }) => {
  test("agrees with float64, and is not touched by padding", () => {
    for (const m of TALL) {
      for (const n of [1, 2, 5, 33]) {
        clear();
        const x = new Matrix(m, n, signed);
        const results = [
          new Matrix(1, n, signed),
          new Matrix(m, 1, signed),
          new Matrix(1, 1, signed),
        ];
        const [rows, columns, all] = results as [Matrix, Matrix, Matrix];
        const args = [x.address, x.stride, m, n];
        const columnOf = (c: number) => reduce(numbers(m, (r) => x.at(r, c)));
        kernel(`${name}Rows`)(rows.address, ...args);
        expectElements(rows, (_, c) => columnOf(c), rounding * m * m);
        kernel(`${name}Columns`)(columns.address, ...args);
        expectElements(columns, (r) => reduce(numbers(n, (c) => x.at(r, c))), rounding * n * n);
        kernel(`${name}All`)(all.address, ...args);
        expectElements(all, () => reduce(numbers(n, columnOf)), rounding * m * n);
      }
    }
  });

  test("over rows has the same bits however columns are split", () => {
    clear();
    const [x, whole, split] = [
      new Matrix(61, 9, signed),
      new Matrix(1, 9, signed),
      new Matrix(1, 9, signed),
    ];
    kernel(`${name}Rows`)(whole.address, x.address, x.stride, 61, 9);
    for (const cut of [1, 4, 8]) {
      const rest = x.address + cut * x.step;
      kernel(`${name}Rows`)(split.address, x.address, x.stride, 61, cut);
      kernel(`${name}Rows`)(split.address + cut * split.step, rest, x.stride, 61, 9 - cut);
      expectSameBits(split.elements(), whole.elements());
    }
  });
});

test("a maximum is NaN where an element is", () => {
  clear();
  const x = new Matrix(5, 2, (r, c) => (r === 3 && c === 1 ? Number.NaN : r));
  const [rows, all] = [new Matrix(1, 2, signed), new Matrix(1, 1, signed)];
  kernel("maxRows")(rows.address, x.address, x.stride, 5, 2);
  kernel("maxAll")(all.address, x.address, x.stride, 5, 2);
  expect([...rows.elements(), ...all.elements()]).toEqual([4, Number.NaN, Number.NaN]);
});
