import { describe, expect, test } from "vitest";
import type { Comparison } from "../../../src/cli/reproduce/comparison.js";
import { figuresBeside } from "../../../src/cli/reproduce/figures.js";

/** As much of a comparison as a figure is drawn from: runs with these test accuracies. */
const comparison = (name: string, ...test: number[][]) =>
  ({
    recipe: { name },
    runs: test.map((accuracies) => ({ test: accuracies, validation: accuracies })),
  }) as unknown as Comparison;

const pair = [
  comparison("nielsen-ch3-overfitting", [0.5, 0.8], [0.52, 0.82]),
  comparison("nielsen-ch3-overfitting-regularised", [0.5, 0.85]),
];

describe("the figures of reproduce", () => {
  test("are beside the report, and have the mean of the runs at the last epoch", () => {
    const [figure, ...more] = figuresBeside("docs/results.md", pair);
    expect(more).toEqual([]);
    expect(figure?.file).toBe("docs/results-overfitting.svg");
    expect(figure?.svg).toContain("without regularisation: 81.00% at epoch 2");
    expect(figure?.svg).toContain("with λ = 0.1: 85.00% at epoch 2");
  });

  test("are drawn only where all their recipes have been run", () => {
    expect(figuresBeside("results.md", pair.slice(1))).toEqual([]);
    expect(figuresBeside("results.md", [comparison("nielsen-ch3-overfitting"), pair[1]!])).toEqual(
      [],
    );
    const both = [comparison("best", [0.9]), comparison("best-adversarial", [0.9])];
    expect(figuresBeside("out.md", both).map(({ file }) => file)).toEqual(["out-best.svg"]);
  });
});
