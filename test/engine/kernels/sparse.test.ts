/** Lists of the non-zero elements of matrices, and products that go through them. */
import { describe, expect, test } from "vitest";
import {
  bytes,
  clear,
  EPSILON,
  expectElements,
  expectSameBits,
  floats,
  kernel,
  type Lists,
  lists,
  listsOf,
  Matrix,
  MODES,
  randomFrom,
  reserve,
  scalar,
  words,
} from "./memory.js";

const random = randomFrom(5);
const signed = () => 2 * random() - 1;
const IMAGES = 12;

interface Case {
  readonly rows: number;
  readonly count: number;
  readonly density: number;
}

const cases: readonly Case[] = [1, 5, 8, 15, 16, 17, 24, 63, 64, 65, 150, 784].flatMap((rows) =>
  [1, 2, 10, 33].flatMap((count) =>
    [0, 0.02, 0.19, 1].map((density) => ({ rows, count, density })),
  ),
);

/** Images in memory with their compact lists, and a batch of them: its elements, and its lists by sample. */
function batch({ rows, count, density }: Case) {
  clear();
  const images = reserve(rows * IMAGES + 64);
  // The bytes behind the last image are not zero, and should have no effect.
  bytes.fill(255, images, images + rows * IMAGES + 64);
  for (let i = 0; i < rows * IMAGES; i++) {
    bytes[images + i] = random() < density ? 1 + Math.floor(255 * random()) : 0;
  }
  const most = IMAGES * kernel("compactListBytes")(rows);
  const [all, compact] = [reserve(4 * IMAGES), reserve(most)];
  const end = kernel("listImages")(all, compact, images, rows, IMAGES);
  const index = new Matrix(1, count, () => Math.floor(IMAGES * random()));
  const samples = lists(rows, count);
  const { address, step } = samples;
  const half = count >> 1;
  kernel("listSamples")(address, step, all, IMAGES, index.address, half);
  const rest = [address + half * step, step, all, IMAGES, index.address + half * index.step];
  kernel("listSamples")(...rest, count - half);
  const x = (r: number, c: number) => bytes[images + index.at(0, c) * rows + r] as number;
  return { samples, x, compactBytes: end - compact, most };
}

/** The lists of a batch by pixel, made in two parts. */
function byPixel({ rows, count }: Case, samples: Lists): Lists {
  const pixels = lists(count, rows);
  const third = Math.floor(rows / 3);
  for (const [start, end] of [
    [0, third],
    [third, rows],
  ] as const) {
    const from = [samples.address, samples.step, count];
    kernel("listPixels")(pixels.address, pixels.step, ...from, start, end);
  }
  return pixels;
}

/** The entries of a list: index and value. */
function entriesOf({ address, step }: Lists, position: number): number[][] {
  const list = (address + position * step) / 4;
  return Array.from({ length: words[list] as number }, (_, i) => [
    words[list + 2 + 2 * i] as number,
    floats[list + 3 + 2 * i] as number,
  ]);
}

/** The non-zero ones of so many elements, as entries. */
function nonZeros(length: number, element: (i: number) => number): number[][] {
  const entries = Array.from({ length }, (_, i) => [i, element(i)]);
  return entries.filter(([, value]) => value !== 0);
}

describe("lists", () => {
  test("by sample and by pixel hold exactly what is not 0, also if made in parts", () => {
    for (const each of cases) {
      const { rows, count } = each;
      const { samples, x } = batch(each);
      const pixels = byPixel(each, samples);
      for (let c = 0; c < count; c++) {
        expect(entriesOf(samples, c)).toEqual(nonZeros(rows, (r) => x(r, c)));
      }
      for (let r = 0; r < rows; r++) {
        expect(entriesOf(pixels, r)).toEqual(nonZeros(count, (c) => x(r, c)));
      }
    }
  });

  test("of a matrix of floats hold exactly what is not 0, NaN included, and no padding", () => {
    for (const rows of [1, 3, 4, 5, 16, 33]) {
      for (const density of [0, 0.3, 1]) {
        clear();
        const element = () => (random() < density ? signed() : random() < 0.5 ? 0 : -0);
        const x = new Matrix(rows, 7, element);
        if (density === 0.3) floats[x.address / 4] = Number.NaN;
        const all = lists(rows, 7);
        kernel("listColumns")(all.address, all.step, x.address, x.stride, rows, 3);
        const rest = [all.address + 3 * all.step, all.step, x.address + 3 * x.step, x.stride];
        kernel("listColumns")(...rest, rows, 4);
        for (let c = 0; c < 7; c++) {
          expect(entriesOf(all, c)).toEqual(nonZeros(rows, (r) => x.at(r, c)));
        }
      }
    }
  });

  test("of all images take no more room than promised", () => {
    for (const each of cases) {
      const { compactBytes, most } = batch(each);
      expect(compactBytes).toBeLessThanOrEqual(most);
    }
  });

  test("of images without a 0 leave what lies behind them as it is", () => {
    for (let rows = 1; rows <= 40; rows++) {
      clear();
      const images = reserve(rows + 64);
      bytes.fill(1, images, images + rows);
      const [table, length] = [reserve(4), kernel("compactListBytes")(rows)];
      const list = reserve(length + 32);
      bytes.fill(99, list, list + length + 32);
      kernel("listImages")(table, list, images, rows, 1);
      const behind = bytes.subarray(list + length, list + length + 32);
      expect(behind.every((byte) => byte === 99)).toBe(true);
    }
  });
});

describe("products", () => {
  const heightsFor = (rows: number) =>
    rows === 784 ? [30] : [1, 5, 10, 13, 17, 21, 25, 30, 33, 61];
  const products = cases.flatMap((each) => heightsFor(each.rows).map((m) => ({ ...each, m })));

  /** A batch with all its lists made, and the arguments α and β: −½ and each mode in turn. */
  function prepared(each: Case, turn: number) {
    const { samples, x } = batch(each);
    const pixels = byPixel(each, samples);
    const { beta, mode } = MODES[turn % MODES.length]!;
    const scratch = reserve(kernel("scratchBytes")());
    return { samples, pixels, x, beta, factors: [-1, scalar(0.5), mode()], scratch };
  }

  const kept = (beta: number, old: number) => (beta === 0 ? 0 : beta * old);

  test("with lists agree with float64, and have the same bits however they are split", () => {
    products.forEach((each, turn) => {
      const { rows, count, m } = each;
      const { x, samples, pixels, beta, factors, scratch } = prepared(each, turn);
      const [w, d, z] = [
        new Matrix(m, rows, signed),
        new Matrix(m, count, signed),
        new Matrix(m, count, signed),
      ];
      const check = (
        out: Matrix,
        left: Matrix,
        by: Lists,
        right: (i: number, t: number) => number,
      ) => {
        const old = out.elements();
        const run = (first: number, last: number, top: number, bottom: number) =>
          kernel("sparseProduct")(
            ...[out.address + first * out.step + 4 * top, out.stride],
            ...[left.address + 4 * top, left.stride, left.columns],
            ...[by.address + first * by.step, by.step],
            ...[bottom - top, last - first, ...factors, scratch],
          );
        run(0, out.columns, 0, m);
        const sums = sumsOf(left, out.columns, right);
        const tolerance = 255 * EPSILON * (2 * left.columns + 4);
        const exact = (r: number, t: number) =>
          kept(beta, old[t * m + r]!) - 0.5 * sums[t * m + r]!;
        expectElements(out, exact, tolerance);
        const whole = out.elements();
        out.restore(old);
        const [half, top] = [out.columns >> 1, m > 40 ? 36 : 0];
        for (const [above, below] of top > 0
          ? [
              [0, top],
              [top, m],
            ]
          : [[0, m]]) {
          run(0, half, above!, below!);
          run(half, out.columns, above!, below!);
        }
        expectSameBits(out.elements(), whole);
      };
      check(z, w, samples, (i, t) => x(i, t));
      check(w, d, pixels, (i, t) => x(t, i));
    });
  });

  test("by outer products agree with float64, and have the same bits however rows are split", () => {
    products.forEach((each, turn) => {
      const { rows, count, m } = each;
      const { x, samples, pixels, beta, factors } = prepared(each, turn);
      const [w, d] = [new Matrix(m, rows, signed), new Matrix(m, count, signed)];
      const old = w.elements();
      const run = (top: number, bottom: number) =>
        kernel("sparseOuter")(
          ...[w.address + 4 * top, w.stride, d.address + 4 * top, d.stride],
          ...[samples.address, samples.step],
          ...[bottom - top, rows, count, ...factors],
        );
      run(0, m);
      const sums = sumsOf(d, rows, (i, t) => x(t, i));
      const exact = (r: number, t: number) => kept(beta, old[t * m + r]!) - 0.5 * sums[t * m + r]!;
      // Each of the additions rounds a sum of up to count + 1 terms below 255.
      expectElements(w, exact, 255 * EPSILON * (count + 2) ** 2);
      const whole = w.elements();
      w.restore(old);
      const top = m > 40 ? 36 : m > 4 ? 4 : 0;
      if (top > 0) run(0, top);
      run(top, m);
      expectSameBits(w.elements(), whole);
      // The same sums by the lists of the pixels, also in two halves.
      const byPixels = (first: number, last: number) =>
        kernel("sparseAccumulate")(
          ...[w.address + first * w.step, w.stride, d.address, d.stride],
          ...[pixels.address + first * pixels.step, pixels.step],
          ...[m, last - first, ...factors],
        );
      for (const middle of [0, rows >> 1]) {
        w.restore(old);
        byPixels(0, middle);
        byPixels(middle, rows);
        expectSameBits(w.elements(), whole);
      }
    });
  });
});

describe("a product that may skip zeros", () => {
  const [m, n] = [37, 40];
  /** More than a block of a dense product, so that the two ways round differently. */
  const LONG = 300;

  /** C ← C − AB, or C − AᵀB, by one of the kernels, with B having so many of its elements. */
  function product(
    name: "sparseOrDense" | "sparseProduct" | "gemm",
    density: number,
    { cut = n, k = LONG, transposed = false } = {},
  ) {
    clear();
    const seeded = randomFrom(8);
    const element = () => 2 * seeded() - 1;
    const [straight, c] = [new Matrix(m, k, element), new Matrix(m, n, element)];
    const elements = straight.elements();
    const a = transposed ? new Matrix(k, m, (i, r) => elements[i * m + r] as number) : straight;
    const b = new Matrix(k, n, () => (seeded() < density ? element() : 0));
    const by = listsOf(b);
    const scratch = reserve(kernel("scratchBytes")());
    for (const [first, last] of [
      [0, cut],
      [cut, n],
    ] as const) {
      const to = [c.address + first * c.step, c.stride, a.address, a.stride];
      const from = [b.address + first * b.step, 1, b.stride];
      const own = [by.address + first * by.step, by.step];
      const shape = [m, last - first];
      if (name === "sparseProduct") {
        kernel(name)(...to, k, ...own, ...shape, -1, 0, 1, scratch);
      } else {
        const some = name === "gemm" ? [] : [+transposed, by.address, by.step, n, first];
        kernel(name)(...to, ...from, ...shape, k, -1, 0, 1, scratch, ...some);
      }
    }
    return c.elements();
  }

  test("does so where they are many, and only there", () => {
    expectSameBits(product("sparseOrDense", 0.2), product("sparseProduct", 0.2));
    expectSameBits(product("sparseOrDense", 0.8), product("gemm", 0.8));
    // Else the comparisons would say nothing.
    expect(product("sparseProduct", 0.2)).not.toEqual(product("gemm", 0.2));
  });

  test("does so with Aᵀ as with A", () => {
    for (const [density, k] of [
      [0.2, LONG],
      [0.8, LONG],
      [0.2, 129],
      [0.01, 8192],
    ] as const) {
      const straight = product("sparseOrDense", density, { k });
      expectSameBits(product("sparseOrDense", density, { k, transposed: true }), straight);
    }
  });

  test("has the same bits either way while a sum is no longer than a block", () => {
    for (const k of [1, 2, 10, 129, 255, 256]) {
      expectSameBits(product("sparseProduct", 0.2, { k }), product("gemm", 0.2, { k }));
    }
    expect(product("sparseProduct", 0.2, { k: 257 })).not.toEqual(product("gemm", 0.2, { k: 257 }));
  });

  test("decides by all columns, however they are split", () => {
    for (const density of [0, 0.2, 0.45, 0.55, 1]) {
      const whole = product("sparseOrDense", density);
      for (const cut of [0, 1, 20, 39]) {
        expectSameBits(product("sparseOrDense", density, { cut }), whole);
      }
    }
  });
});

/** The elements of the product of a matrix and so many columns, in float64. */
function sumsOf(left: Matrix, columns: number, right: (i: number, t: number) => number) {
  const { rows } = left;
  const sums = new Float64Array(rows * columns);
  const elements = left.elements();
  for (let t = 0; t < columns; t++) {
    for (let i = 0; i < left.columns; i++) {
      const factor = right(i, t);
      if (factor === 0) continue;
      for (let r = 0; r < rows; r++) sums[t * rows + r]! += elements[i * rows + r]! * factor;
    }
  }
  return sums;
}
