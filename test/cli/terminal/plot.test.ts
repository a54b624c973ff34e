import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plot } from "../../../src/cli/terminal/plot.js";

const SIZE = { width: 5, height: 3 };
const shown = (...values: (number | undefined)[]) => plot([{ mark: "x", values }], SIZE, String);

describe("a plot in characters", () => {
  test.each([
    { values: [1, 2, 3], rows: ["3 │  x", "  │ x", "1 │x"] },
    { values: [2, 2], rows: ["2 │", "  │", "2 │xx"] },
    { values: [1, undefined, 3], rows: ["3 │  x", "  │", "1 │x"] },
    { values: [1, Number.NaN, 3], rows: ["3 │  x", "  │", "1 │x"] },
    { values: [7], rows: ["7 │", "  │", "7 │x"] },
    { values: [], rows: [] },
    { values: [undefined, Number.POSITIVE_INFINITY], rows: [] },
  ])("of $values is $rows", ({ values, rows }) => {
    expect(shown(...values)).toEqual(rows);
  });

  test("shows the later of two curves where they meet", () => {
    const curves = [
      { mark: "a", values: [0, 1] },
      { mark: "b", values: [0, 0] },
    ];
    expect(plot(curves, { width: 9, height: 2 }, String)).toEqual(["1 │ a", "0 │bb"]);
  });

  test("has every curve's ends in its first and last column, however long it is", () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), {
      minLength: 2,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 60 }), (values, width) => {
        const rows = plot([{ mark: "x", values }], { width, height: 8 }, () => "");
        const columns = Math.min(width, values.length);
        const drawn = rows.map((row) => row.slice(" │".length));
        expect(rows).toHaveLength(8);
        expect(drawn.some((row) => row[0] === "x")).toBe(true);
        expect(drawn.some((row) => row[columns - 1] === "x")).toBe(true);
        for (const row of drawn) expect(row.length).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
