/** Lists of the non-zero pixels of images, and products that go through them. */
import { describe, expect, test } from "vitest";
import {
  bytes,
  clear,
  EPSILON,
  expectElements,
  expectSameBits,
  floats,
  kernel,
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

const cases: readonly Case[] = [1, 15, 16, 63, 64, 65, 128, 150, 784].flatMap((rows) =>
  [1, 2, 10, 33].flatMap((count) =>
    [0, 0.02, 0.19, 1].map((density) => ({ rows, count, density })),
  ),
);

/** Images in memory, and a batch of them: its elements, and its lists by sample and by pixel. */
function batch({ rows, count, density }: Case) {
  clear();
  const images = reserve(rows * IMAGES + 64);
  // The bytes behind the last image are not zero, and should have no effect.
  bytes.fill(255, images, images + rows * IMAGES + 64);
  for (let i = 0; i < rows * IMAGES; i++) {
    bytes[images + i] = random() < density ? 1 + Math.floor(255 * random()) : 0;
  }
  const index = new Matrix(1, count, () => Math.floor(IMAGES * random()));
  const scale = scalar(1 / 255);
  const x = (r: number, c: number) =>
    Math.fround((bytes[images + index.at(0, c) * rows + r] as number) * Math.fround(1 / 255));
  return {
    ...{ images, index, scale, x },
    samples: table(rows, count),
    pixels: table(count, rows),
  };
}

/** A table of empty lists with room for so many entries, in memory that held something else. */
function table(capacity: number, count: number): number {
  const length = count * kernel("listBytes")(capacity);
  const [address, lists] = [reserve(4 * count), reserve(length)];
  bytes.fill(255, lists, lists + length);
  kernel("placeLists")(address, lists, capacity, count);
  return address;
}

/** The entries of a list: index and value. */
function entriesOf(table: number, position: number): number[][] {
  const list = (words[table / 4 + position] as number) / 4;
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
      const { images, index, scale, x, samples, pixels } = batch(each);
      const [half, third] = [count >> 1, Math.floor(rows / 3)];
      const rest = index.address + half * index.step;
      kernel("listSamples")(samples, images, scale, index.address, rows, half);
      kernel("listSamples")(samples + 4 * half, images, scale, rest, rows, count - half);
      kernel("listPixels")(pixels, samples, count, 0, third);
      kernel("listPixels")(pixels, samples, count, third, rows);
      for (let c = 0; c < count; c++) {
        expect(entriesOf(samples, c)).toEqual(nonZeros(rows, (r) => x(r, c)));
      }
      for (let r = 0; r < rows; r++) {
        expect(entriesOf(pixels, r)).toEqual(nonZeros(count, (c) => x(r, c)));
      }
    }
  });

  test("of all images are made once, without gaps, and picked for a batch", () => {
    for (const each of cases.filter(({ rows }) => rows > 60)) {
      const { rows, count } = each;
      const { images, index, scale, x } = batch(each);
      const length = 8 * (kernel("countNonZero")(images, rows * IMAGES) + 2 * IMAGES);
      const [all, lists, picked] = [reserve(4 * IMAGES), reserve(length), reserve(4 * count)];
      const end = kernel("listImages")(all, lists, images, scale, rows, IMAGES);
      expect(end).toBeLessThanOrEqual(lists + length);
      kernel("pickLists")(picked, all, index.address, count);
      for (let c = 0; c < count; c++) {
        expect(entriesOf(picked, c)).toEqual(nonZeros(rows, (r) => x(r, c)));
      }
    }
  });

  test("countNonZero counts the bytes that are not 0", () => {
    for (const each of cases) {
      const { images } = batch(each);
      const length = each.rows * IMAGES;
      const ink = bytes.slice(images, images + length).filter((byte) => byte !== 0);
      expect(kernel("countNonZero")(images, length)).toBe(ink.length);
    }
  });
});

describe("products", () => {
  const heightsFor = (rows: number) => (rows === 784 ? [30] : [1, 5, 10, 30, 61]);
  const products = cases.flatMap((each) => heightsFor(each.rows).map((m) => ({ ...each, m })));

  /** A batch with all its lists made, and the arguments α and β: −½ and each mode in turn. */
  function prepared(each: Case, turn: number) {
    const made = batch(each);
    const { rows, count } = each;
    const { images, index, scale, samples, pixels } = made;
    kernel("listSamples")(samples, images, scale, index.address, rows, count);
    kernel("listPixels")(pixels, samples, count, 0, rows);
    const { beta, mode } = MODES[turn % MODES.length]!;
    return { ...made, beta, factors: [-1, scalar(0.5), mode()] };
  }

  const kept = (beta: number, old: number) => (beta === 0 ? 0 : beta * old);

  test("with lists agree with float64, and have the same bits however they are split", () => {
    products.forEach((each, turn) => {
      const { rows, count, m } = each;
      const { x, samples, pixels, beta, factors } = prepared(each, turn);
      const [w, d, z] = [
        new Matrix(m, rows, signed),
        new Matrix(m, count, signed),
        new Matrix(m, count, signed),
      ];
      const check = (
        out: Matrix,
        left: Matrix,
        table: number,
        right: (i: number, t: number) => number,
      ) => {
        const old = out.elements();
        const run = (first: number, last: number, top: number, bottom: number) =>
          kernel("sparseProduct")(
            ...[out.address + first * out.step + 4 * top, out.stride],
            ...[left.address + 4 * top, left.stride, table + 4 * first],
            ...[bottom - top, last - first, ...factors],
          );
        run(0, out.columns, 0, m);
        const sums = sumsOf(left, out.columns, right);
        const tolerance = EPSILON * (2 * left.columns + 4);
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
      const { x, samples, beta, factors } = prepared(each, turn);
      const [w, d] = [new Matrix(m, rows, signed), new Matrix(m, count, signed)];
      const old = w.elements();
      const run = (top: number, bottom: number) =>
        kernel("sparseOuter")(
          ...[w.address + 4 * top, w.stride, d.address + 4 * top, d.stride, samples],
          ...[bottom - top, rows, count, ...factors],
        );
      run(0, m);
      const sums = sumsOf(d, rows, (i, t) => x(t, i));
      const exact = (r: number, t: number) => kept(beta, old[t * m + r]!) - 0.5 * sums[t * m + r]!;
      // Each of the additions rounds a sum of up to count + 1 terms below 1.
      expectElements(w, exact, EPSILON * (count + 2) ** 2);
      const whole = w.elements();
      w.restore(old);
      const top = m > 40 ? 36 : m > 4 ? 4 : 0;
      if (top > 0) run(0, top);
      run(top, m);
      expectSameBits(w.elements(), whole);
    });
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
