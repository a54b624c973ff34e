import { describe, expect, test } from "vitest";
import { matrix } from "../../../src/autodiff/index.js";
import { gridColumns } from "../../../src/page/draw/grid.js";
import { rowOf, strongest } from "../../../src/page/draw/strongest.js";

describe("the units that say most", () => {
  test("are those that add most and those that take most away, the strongest first", () => {
    const found = strongest([0.5, -2, 3, 0, -0.1, 1], 2);
    expect(found).toEqual({ for: [2, 5], against: [1, 4] });
  });

  test("are fewer where there are not so many", () => {
    expect(strongest([0, 1], 5)).toEqual({ for: [1], against: [] });
    expect(strongest([], 5)).toEqual({ for: [], against: [] });
  });
});

test("a row of a matrix is what a unit is given from each pixel", () => {
  const w = matrix([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(Array.from(rowOf(w, 1))).toEqual([4, 5, 6]);
});

test("layers are laid out in rows of one length where that can be", () => {
  for (const units of [1, 10, 30, 100, 128, 500, 512, 800, 784]) {
    const columns = gridColumns(units);
    expect(units % columns).toBe(0);
    expect(columns).toBeLessThanOrEqual(units > 256 ? 64 : 32);
  }
  expect(gridColumns(37)).toBeLessThanOrEqual(32);
  // A tall picture would push everything else off the page.
  expect(1000 / gridColumns(1000)).toBeLessThanOrEqual(20);
});
