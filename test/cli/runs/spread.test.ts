import { describe, expect, test } from "vitest";
import { differenceOfMeans, spreadOf, studentQuantile } from "../../../src/cli/runs/spread.js";
import { generator, normal } from "../../../src/random.js";
import { STANDARD_ERRORS } from "../../support/statistics.js";

test("the quantiles of Student's t are those of the tables", () => {
  const table = [
    ...[
      [1, 12.706],
      [4, 2.776],
      [10, 2.228],
      [11, 2.201],
      [20, 2.086],
      [30, 2.042],
    ],
    ...[
      [60, 2.0],
      [120, 1.98],
    ],
  ] as const;
  for (const [freedom, quantile] of table) {
    expect(studentQuantile(freedom)).toBeCloseTo(quantile, 2);
  }
});

describe("the interval of a difference", () => {
  test("is unknown without two results on each side that differ", () => {
    expect(differenceOfMeans(spreadOf([1]), spreadOf([1, 2]))).toBeUndefined();
    expect(differenceOfMeans(spreadOf([1, 1]), spreadOf([1, 1]))).toBeUndefined();
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
