import { describe, expect, test } from "vitest";
import { blur, mostPoints } from "../../../src/data/deformed/blur.js";
import { displacements } from "../../../src/data/deformed/definition.js";
import { correlation, mean, moment, STANDARD_ERRORS } from "../../support/statistics.js";

/** The displacements of a single pixel, for many keys. */
function sample(sigma: number, alpha: number, count: number): [Float64Array, Float64Array] {
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const [dx, dy] = displacements({ sigma, alpha }, [i, 1], 1, 1);
    [x[i], y[i]] = [dx[0]!, dy[0]!];
  }
  return [x, y];
}

test("the lattice for a range of σ has room for that of each", () => {
  for (const [least, most] of [
    [0.1, 9],
    [2.9, 3.1],
    [4.4, 4.6],
    [5, 6],
    [7, 7],
  ] as const) {
    const room = mostPoints(least, most, 28);
    const needed = Array.from({ length: 201 }, (_, i) => {
      return blur(least + ((most - least) * i) / 200, 28).points;
    });
    expect(Math.max(...needed)).toBeLessThanOrEqual(room);
    expect(room - Math.max(...needed)).toBeLessThan(3);
  }
});

describe("blurred noise", () => {
  test.each([1, 2, 2.9, 3, 4, 5, 6, 8, 12])(
    "with σ %d has the covariances of white noise under a Gaussian of unit sum, within 1e-3 of the variance",
    (sigma) => {
      const { points, weights } = blur(sigma, 28);
      const variance = 1 / (2 * sigma * Math.sqrt(Math.PI));
      for (let i = 0; i < 28; i++) {
        for (let k = 0; k < 28; k++) {
          let covariance = 0;
          for (let point = 0; point < points; point++) {
            covariance += weights[i * points + point]! * weights[k * points + point]!;
          }
          const expected = variance * Math.exp(-((i - k) ** 2) / (4 * sigma * sigma));
          expect(Math.abs(covariance - expected)).toBeLessThan(1e-3 * variance);
        }
      }
    },
  );

  test.each([
    { sigma: 1.4, alpha: 10 },
    { sigma: 4, alpha: 34 },
    { sigma: 6, alpha: 36 },
  ])(
    "displaces by α/(2σ√(3π)) along each axis, independently: $sigma, $alpha",
    ({ sigma, alpha }) => {
      const count = 4000;
      const deviation = alpha / (2 * sigma * Math.sqrt(3 * Math.PI));
      const [x, y] = sample(sigma, alpha, count);
      for (const each of [x, y]) {
        const error = Math.sqrt(2 / count) * deviation ** 2;
        expect(Math.abs(mean(each))).toBeLessThan((STANDARD_ERRORS * deviation) / Math.sqrt(count));
        expect(Math.abs(moment(each, 2) - deviation ** 2)).toBeLessThan(STANDARD_ERRORS * error);
      }
      expect(Math.abs(correlation(x, y))).toBeLessThan(STANDARD_ERRORS / Math.sqrt(count));
    },
  );
});
