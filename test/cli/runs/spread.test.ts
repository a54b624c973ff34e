import { describe, expect, test } from "vitest";
import { differenceOfMeans, spreadOf, studentQuantile } from "../../../src/cli/runs/spread.js";
import { generator, normal } from "../../../src/random.js";
import { STANDARD_ERRORS } from "../../support/statistics.js";

/** ∫ cosᵖ from 0 to an angle, by Simpson's rule. */
function integral(p: number, angle: number): number {
  const n = 1000;
  const h = angle / n;
  const weight = (k: number) => (k === 0 || k === n ? 1 : k % 2 === 0 ? 2 : 4);
  const terms = Array.from({ length: n + 1 }, (_, k) => weight(k) * Math.cos(k * h) ** p);
  return (h / 3) * terms.reduce((sum, term) => sum + term, 0);
}

/** How probable |t| ≤ q is: with t = √ν tan θ, the density of Student's t is cosᵛ⁻¹θ but for a factor. */
function probabilityWithin(q: number, freedom: number): number {
  const p = freedom - 1;
  return integral(p, Math.atan(q / Math.sqrt(freedom))) / integral(p, Math.PI / 2);
}

describe("the quantile of Student's t", () => {
  const degrees = [...Array.from({ length: 30 }, (_, k) => k + 1), 60, 120, 1000];

  test.each(degrees)("has 95%% within it, with %d degrees of freedom", (freedom) => {
    const q = studentQuantile(freedom);
    expect(probabilityWithin(q - 0.0006, freedom)).toBeLessThan(0.95);
    expect(probabilityWithin(q + 0.0006, freedom)).toBeGreaterThan(0.95);
  });

  test("is that of fewer degrees between two of the table, where the interval is wider", () => {
    expect(studentQuantile(2.9)).toBe(studentQuantile(2));
  });
});

describe("the interval of a difference", () => {
  test("is unknown without two results on each side that differ", () => {
    expect(differenceOfMeans(spreadOf([1]), spreadOf([1, 2]))).toBeUndefined();
    expect(differenceOfMeans(spreadOf([1, 1]), spreadOf([1, 1]))).toBeUndefined();
  });

  test("has the degrees of freedom of the one sample that deviates", () => {
    const [varied, constant] = [spreadOf([1, 2, 3]), spreadOf([5, 5, 5, 5, 5])];
    // With two degrees of freedom.
    const margin = 4.303 * Math.sqrt(1 / 3);
    for (const [a, b, mean] of [
      [varied, constant, -3],
      [constant, varied, 3],
    ] as const) {
      const { low, high } = differenceOfMeans(a, b)!;
      expect(low).toBeCloseTo(mean - margin, 9);
      expect(high).toBeCloseTo(mean + margin, 9);
    }
  });

  test("holds the true difference in 95 of 100 cases, whatever the deviations", () => {
    const random = generator(1, "differences");
    const draw = (n: number, mean: number, deviation: number) =>
      spreadOf(Array.from({ length: n }, () => mean + deviation * normal(random)));
    const trials = 20_000;
    let inside = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = differenceOfMeans(draw(6, 3, 1), draw(9, 1, 2))!;
      if (low <= 2 && 2 <= high) inside++;
    }
    // Welch's degrees of freedom are an approximation, here rounded down.
    expect(Math.abs(inside / trials - 0.95)).toBeLessThan(
      0.006 + STANDARD_ERRORS * Math.sqrt((0.95 * 0.05) / trials),
    );
  });
});
