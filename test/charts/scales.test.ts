/** The axes of plots: what their grid is labelled with. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scaleOf } from "../../src/charts/plots/scales.js";

const HEIGHT = 180;

function ticksOf(values: readonly number[], log: boolean) {
  return scaleOf(values, { label: "cost", log }, [HEIGHT, 0], 4, true).ticks;
}

describe.each([false, true])("the y axis of a plot, logarithmic: %s", (log) => {
  const exponent = fc.double({ min: -280, max: 280, noNaN: true });
  const value = exponent.map((x) => 10 ** x);
  const near = fc
    .tuple(exponent, fc.double({ min: 0.001, max: 3, noNaN: true }))
    .map(([x, more]) => [10 ** x, 10 ** (x + more)]);

  test("begins and ends at lines that are labelled, whatever the data", () => {
    const data = fc.oneof(fc.array(value, { minLength: 1, maxLength: 5 }), near);
    fc.assert(
      fc.property(data, (values) => {
        const ticks = ticksOf(values, log);
        expect(ticks[0]?.at).toBeCloseTo(HEIGHT, 6);
        expect(ticks.at(-1)?.at).toBeCloseTo(0, 6);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
        expect(ticks.length).toBeLessThan(12);
      }),
    );
  });
});

test.each([
  [[0.07, 1.7], "0.05 0.1 0.2 0.5 1 2"],
  [[17_000, 22_500], "16,000 18,000 20,000 22,000 24,000"],
  [[0.95, 2.1], "0.5 1.0 1.5 2.0 2.5"],
  [[0.1, 1], "0.1 0.2 0.5 1"],
  [[0.0005, 2.3], "3·10⁻⁴ 0.001 0.003 0.01 0.03 0.1 0.3 1 3"],
])("costs from %j have the round numbers %s", (values, labels) => {
  const ticks = ticksOf(values, true);
  expect(ticks.map(({ label }) => label).join(" ")).toBe(labels);
});
