/** Numbers as figures show them. */
import { expect, test } from "vitest";
import { brief, tickLabels } from "../../src/charts/numbers.js";

test.each([
  [9.96e-5, 2, "10⁻⁴"],
  [-9.996e6, 3, "−10⁷"],
  [9.94e-5, 2, "9.9·10⁻⁵"],
  [Number.MAX_VALUE, 3, "1.8·10³⁰⁸"],
  [Number.MIN_VALUE, 1, "5·10⁻³²⁴"],
])("%d has at most one digit before the point where a power of ten follows", (x, digits, text) => {
  expect(brief(x, digits)).toBe(text);
});

test("and ticks have as many decimals as tell them apart", () => {
  expect(tickLabels([1e6, 1.5e6, 2e6], 5e5, "number")).toEqual(["1.0·10⁶", "1.5·10⁶", "2.0·10⁶"]);
});
