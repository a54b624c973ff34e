/** Elementwise kernels: every kind of operand, rounded once. */
import { describe, expect, test } from "vitest";
import { clear, expectElements, kernel, Matrix, randomFrom, SIZES } from "./memory.js";

const random = randomFrom(1);
const signed = () => 4 * random() - 2;
const isOnce = [false, true];

const binary: Record<string, (x1: number, x2: number) => number> = {
  add: (x1, x2) => x1 + x2,
  subtract: (x1, x2) => x1 - x2,
  multiply: (x1, x2) => x1 * x2,
  divide: (x1, x2) => x1 / x2,
  maximum: Math.max,
  greater: (x1, x2) => (x1 > x2 ? 1 : 0),
};

const unary: Record<string, (x: number) => number> = {
  copy: (x) => x,
  negate: (x) => -x,
  reciprocal: (x) => 1 / x,
  sqrt: (x) => Math.sqrt(x),
  floor: Math.floor,
};

/** An operand of one row or column where said, and the arguments by which it is repeated. */
function operand(rows: number, columns: number, isRow: boolean, isColumn: boolean) {
  const x = new Matrix(isRow ? 1 : rows, isColumn ? 1 : columns, signed);
  const args = [x.address, isColumn ? 0 : x.stride, isRow ? 1 : 0];
  return { args, at: (r: number, c: number) => x.at(isRow ? 0 : r, isColumn ? 0 : c) };
}

describe.each(Object.entries(binary))("%s", (name, f) => {
  test("is rounded once, whichever operands are repeated", () => {
    for (const m of SIZES) {
      for (const n of [1, 2, 5]) {
        for (const kinds of Array.from({ length: 16 }, (_, k) => k)) {
          clear();
          const x1 = operand(m, n, (kinds & 1) > 0, (kinds & 2) > 0);
          const x2 = operand(m, n, (kinds & 4) > 0, (kinds & 8) > 0);
          const out = new Matrix(m, n, () => Number.NaN);
          kernel(name)(out.address, out.stride, ...x1.args, ...x2.args, m, n);
          expectElements(out, (r, c) => Math.fround(f(x1.at(r, c), x2.at(r, c))));
        }
      }
    }
  });

  test("may overwrite either operand", () => {
    for (const place of [0, 1] as const) {
      clear();
      const xs = [new Matrix(10, 3, signed), new Matrix(10, 3, signed)] as const;
      const [x1, x2] = xs.map((x) => x.elements()) as [Float32Array, Float32Array];
      const [a, b] = xs;
      const args = [a.address, a.stride, 0, b.address, b.stride, 0, 10, 3];
      kernel(name)(xs[place].address, xs[place].stride, ...args);
      expectElements(xs[place], (r, c) => Math.fround(f(x1[10 * c + r]!, x2[10 * c + r]!)));
    }
  });
});

describe.each(Object.entries(unary))("%s", (name, f) => {
  test("is rounded once, whether the operand is repeated or not", () => {
    for (const m of SIZES) {
      for (const n of [1, 3]) {
        for (const [isRow, isColumn] of isOnce.flatMap((a) => isOnce.map((b) => [a, b] as const))) {
          clear();
          const x = operand(m, n, isRow, isColumn);
          const out = new Matrix(m, n, () => Number.NaN);
          kernel(name)(out.address, out.stride, ...x.args, m, n);
          expectElements(out, (r, c) => Math.fround(f(x.at(r, c))));
        }
      }
    }
  });
});

test("maximum of anything and NaN is NaN, and NaN is greater than nothing", () => {
  clear();
  const { NaN: none } = Number;
  const x1 = new Matrix(4, 1, (r) => [none, 1, none, 2][r]!);
  const x2 = new Matrix(4, 1, (r) => [1, none, none, 2][r]!);
  const out = new Matrix(4, 1, () => 0);
  const args = [out.address, 0, x1.address, 0, 0, x2.address, 0, 0, 4, 1];
  kernel("maximum")(...args);
  expect([...out.elements()]).toEqual([none, none, none, 2]);
  kernel("greater")(...args);
  expect([...out.elements()]).toEqual([0, 0, 0, 0]);
});
