/** Products of tall matrices by the lists of pixels, in panels of all heights, against plain loops. */
import { expect, test } from "vitest";
import {
  clear,
  EPSILON,
  expectElements,
  expectSameBits,
  kernel,
  listsOf,
  Matrix,
  MODES,
  randomFrom,
  scalar,
} from "./memory.js";

const [PIXELS, SAMPLES] = [17, 10];
const random = randomFrom(6);
const signed = () => 2 * random() - 1;

/**
 * For 256 bits, 96 and 192 rows are panels of 24 vectors; 100, 200 and 300 of 25; 196 one of either; 256 one of 16
 * and two of 24; 97 to 99 end within a vector; 101 and 340 are panels of 16 and of what is left.
 */
const heights = [96, 97, 99, 100, 101, 192, 196, 200, 256, 300, 340];

test.each(heights.flatMap((m) => ([128, 256] as const).map((simd) => ({ m, simd }))))(
  "W ← βW − ½DX of $m rows for $simd bits, however its columns are split",
  ({ m, simd }) => {
    for (const { beta, mode } of MODES) {
      for (const density of [0.2, 1]) {
        clear();
        const ink = new Matrix(SAMPLES, PIXELS, () =>
          random() < density ? 1 + Math.floor(255 * random()) : 0,
        );
        const lists = listsOf(ink);
        const [w, d] = [new Matrix(m, PIXELS, signed), new Matrix(m, SAMPLES, signed)];
        const factors = [-1, scalar(0.5), mode()];
        const [old, delta] = [w.elements(), d.elements()];
        const run = (first: number, last: number) =>
          kernel("sparseAccumulate", simd)(
            ...[w.address + first * w.step, w.stride, d.address, d.stride],
            ...[lists.address + first * lists.step, lists.step],
            ...[m, last - first, ...factors],
          );
        run(0, PIXELS);
        const exact = (r: number, pixel: number) => {
          let sum = beta === 0 ? 0 : beta * old[pixel * m + r]!;
          for (let sample = 0; sample < SAMPLES; sample++) {
            sum -= 0.5 * delta[sample * m + r]! * ink.at(sample, pixel);
          }
          return sum;
        };
        // Each of the additions rounds a sum of up to SAMPLES + 1 terms below 255.
        expectElements(w, exact, 255 * EPSILON * (SAMPLES + 2) ** 2);
        const whole = w.elements();
        expect(whole).not.toEqual(old);
        w.restore(old);
        run(0, 7);
        run(7, PIXELS);
        expectSameBits(w.elements(), whole);
      }
    }
  },
);
