/** Products by lists in the shapes for 256 bits: in blocks of a matrix, and by wider panels. */
import { expect, test } from "vitest";
import {
  clear,
  EPSILON,
  expectElements,
  expectSameBits,
  kernel,
  listsOf,
  Matrix,
  randomFrom,
  reserve,
  scalar,
} from "./memory.js";

/** Rows and lists from which on products have blocks, lists from which on these are packed, and their columns. */
const [ROWS, FEW, MANY, BLOCK] = [192, 8, 32, 112];

interface Case {
  readonly m: number;
  readonly inner: number;
  readonly columns: number;
  readonly density: number;
  readonly transposed?: boolean;
  /** A value of the matrix in the place of others. */
  readonly odd?: number;
}

/** C ← −½AB for 128 or 256 bits, in so many parts of its rows, and what it should be; or C ← C + ½AB. */
function product(
  simd: 128 | 256,
  { m, inner, columns, density, transposed, odd }: Case,
  parts = 1,
  accumulates = false,
) {
  clear();
  const random = randomFrom(m + inner);
  const signed = () => 2 * random() - 1;
  const element = () => (odd !== undefined && random() < 0.01 ? odd : signed());
  const straight = new Matrix(m, inner, element);
  const elements = straight.elements();
  const a = transposed ? new Matrix(inner, m, (k, r) => elements[k * m + r]!) : straight;
  const b = new Matrix(inner, columns, (_, t) => (t !== 3 && random() < density ? signed() : 0));
  // Where a list is empty, −0 stays as it is.
  const before = (_: number, t: number) => (t === 3 ? -0 : signed());
  const c = new Matrix(m, columns, accumulates ? before : () => Number.NaN);
  const old = accumulates ? c.elements() : new Float32Array(m * columns);
  const lists = listsOf(b);
  const scratch = reserve(kernel("scratchBytes")());
  const behind = new Matrix(64, 64, () => 1);
  const sign = accumulates ? 1 : -1;
  const factors = [sign, scalar(0.5), accumulates ? 1 : 0, scratch];
  for (let part = 0; part < parts; part++) {
    const bound = (k: number) => 4 * Math.floor((m * k) / parts / 4);
    const [from, to] = [bound(part), part + 1 === parts ? m : bound(part + 1)];
    const out = [c.address + 4 * from, c.stride];
    const rows = a.address + from * (transposed ? a.step : 4);
    kernel("sparseOrDense", simd)(
      ...[...out, rows, a.stride, b.address, 1, b.stride, to - from, columns, inner, ...factors],
      ...[transposed ? 1 : 0, lists.address, lists.step, columns, 0],
    );
  }
  expectElements(behind, () => 1);
  const exact = (r: number, t: number) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) if (b.at(k, t) !== 0) sum += elements[k * m + r]! * b.at(k, t);
    return old[t * m + r]! + sign * 0.5 * sum;
  };
  return { c, exact };
}

const cases: Case[] = [ROWS - 1, ROWS, ROWS + 1, 2 * ROWS + 9].flatMap((m) =>
  [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 3, 5 * BLOCK + 50].flatMap((inner) =>
    [FEW - 1, FEW, MANY - 1, MANY, 3 * MANY + 1].flatMap((columns) =>
      [0.02, 0.3].flatMap((density) =>
        [false, true].map((transposed) => ({ m, inner, columns, density, transposed })),
      ),
    ),
  ),
);

test("they agree with float64, and have the bits of those for 128 bits, also in parts", () => {
  for (const each of cases) {
    const { c, exact } = product(256, each);
    expectElements(c, exact, each.inner * (each.inner + 2) * EPSILON);
    const whole = c.elements();
    expectSameBits(product(128, each).c.elements(), whole);
    expectSameBits(product(256, each, 2).c.elements(), whole);
  }
});

test("so do those that add to a matrix, whose panels are the wider the fewer columns there are", () => {
  for (const m of [60, 64, 65, 92, 96, 97, 100, ROWS, 200]) {
    for (const inner of [7, 64, 65, 128, 129, 300]) {
      const each = { m, inner, columns: inner % 2 ? 50 : 9, density: 0.2 };
      const { c, exact } = product(256, each, 1, true);
      expectElements(c, exact, inner * (inner + 2) * EPSILON);
      const whole = c.elements();
      expect(Object.is(whole[3 * m], -0)).toBe(true);
      expectSameBits(product(128, each, 1, true).c.elements(), whole);
      expectSameBits(product(256, each, 2, true).c.elements(), whole);
    }
  }
});

test("so they do where the matrix is not finite", () => {
  for (const odd of [Infinity, -Infinity, Number.NaN]) {
    for (const transposed of [false, true]) {
      const each = { m: 200, inner: 250, columns: 40, density: 0.2, transposed, odd };
      const found = product(256, each).c.elements();
      expect(found.some(Number.isNaN)).toBe(true);
      expectSameBits(product(128, each).c.elements(), found);
    }
  }
});

test("they do without blocks where their table has no room", () => {
  const each = { m: ROWS, inner: BLOCK + 1, columns: 12_000, density: 0.01 };
  const found = product(256, each).c.elements();
  expectSameBits(product(128, each).c.elements(), found);
});
