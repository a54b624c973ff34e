/** The colour of the paper, which changes over a picture as the light on it does. */
import { type Colours, distance, quantile, sampleOf } from "./colours.js";
import { groundsOf } from "./frame.js";

/** A polynomial of degree 2 in x and y from −1 to 1: the factors of 1, x, y, x², xy and y². */
type Polynomial = readonly [number, number, number, number, number, number];

const TERMS = 6;

/** Rounds of fitting: the tolerance shrinks in the first half, and is what paper strays in the second. */
const ROUNDS = 8;

/** Nearer than this is paper, even if nothing of it strays. */
const LEAST_TOLERANCE = 2;

/** Paper strays so many times as far as its median does. */
const STRAYING = 4;

/** The part of a picture that must be paper for its light to be followed. */
const LEAST_PAPER = 0.3;

/**
 * Red, green and blue of the paper at each pixel, whatever lies on it: a polynomial of degree 2 for each,
 * fitted by least squares to the pixels that are near it, again and again.
 */
export function paperOf(colours: Colours): Float32Array {
  const { width, height, values } = colours;
  const { most, edge } = groundsOf(colours);
  const ground = edge ?? most;
  const sample = sampleOf(colours).map((i) => ({
    at: 3 * i,
    terms: termsAt((2 * (i % width)) / width - 1, (2 * Math.floor(i / width)) / height - 1),
  }));
  let fits = ground.map((value): Polynomial => [value, 0, 0, 0, 0, 0]);
  const straying = ({ at, terms }: (typeof sample)[number]) =>
    distance(
      values,
      at,
      fits.map((fit) => dot(fit, terms)),
    );
  const farthest = sample.reduce((far, { at }) => Math.max(far, distance(values, at, ground)), 0);
  let tolerance = farthest / 2;
  for (let round = 0; round < ROUNDS; round++) {
    const near = sample.filter((each) => straying(each) <= tolerance);
    if (near.length < Math.max(2 * TERMS, LEAST_PAPER * sample.length)) break;
    fits = leastSquares(
      near.map(({ terms }) => terms),
      [0, 1, 2].map((c) => near.map(({ at }) => values[at + c]!)),
    );
    const usual = STRAYING * quantile(Float32Array.from(near, straying), 0.5);
    tolerance = Math.max(LEAST_TOLERANCE, usual, round < ROUNDS / 2 ? 0.8 * tolerance : 0);
  }
  return evaluated(fits, width, height);
}

function termsAt(x: number, y: number): Polynomial {
  return [1, x, y, x * x, x * y, y * y];
}

function dot(a: Polynomial, b: Polynomial): number {
  let sum = 0;
  for (let i = 0; i < TERMS; i++) sum += a[i]! * b[i]!;
  return sum;
}

function evaluated(fits: readonly Polynomial[], width: number, height: number): Float32Array {
  const values = new Float32Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const y = (2 * row) / height - 1;
    fits.forEach((fit, c) => {
      const constant = fit[0] + y * (fit[2] + y * fit[5]);
      const linear = fit[1] + y * fit[4];
      for (let column = 0; column < width; column++) {
        const x = (2 * column) / width - 1;
        const value = constant + x * (linear + x * fit[3]);
        values[3 * (row * width + column) + c] = Math.min(255, Math.max(0, value));
      }
    });
  }
  return values;
}

/** For each list of goals the factors of the terms that come nearest to it (normal equations, Gauss–Jordan). */
function leastSquares(rows: readonly Polynomial[], goals: readonly number[][]): Polynomial[] {
  const width = TERMS + goals.length;
  const system = Array.from({ length: TERMS }, () => new Float64Array(width));
  system.forEach((equation, i) => {
    rows.forEach((row, k) => {
      const factor = row[i]!;
      for (let j = 0; j < TERMS; j++) equation[j]! += factor * row[j]!;
      for (let g = 0; g < goals.length; g++) equation[TERMS + g]! += factor * goals[g]![k]!;
    });
  });
  // In a picture of few rows or columns the terms depend on each other; this prefers the small factors.
  for (let i = 0; i < TERMS; i++) system[i]![i]! += 1e-6 * rows.length;
  for (let i = 0; i < TERMS; i++) {
    for (let k = 0; k < TERMS; k++) {
      if (k === i) continue;
      const factor = system[k]![i]! / system[i]![i]!;
      for (let j = i; j < width; j++) system[k]![j]! -= factor * system[i]![j]!;
    }
  }
  return goals.map(
    (_, g) => system.map((row, i) => row[TERMS + g]! / row[i]!) as unknown as Polynomial,
  );
}
