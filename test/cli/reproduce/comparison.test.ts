import { describe, expect, test } from "vitest";
import type { Figure, Recipe } from "../../../src/cli/recipes/index.js";
import { compare } from "../../../src/cli/reproduce/comparison.js";
import type { Run } from "../../../src/cli/reproduce/record.js";
import { report } from "../../../src/cli/reproduce/report.js";
import { settingsWith } from "../../support/training.js";

const settings = {
  ...settingsWith(),
  executor: "engine" as const,
  backend: "embedded" as const,
};

const run = (validation: number[], test: number[]): Run => ({
  settings,
  dataset: "mnist",
  validation,
  test,
  seconds: 2,
  weightsSha256: "00",
});

const figure = (accuracy: number, at: Figure["at"], on: Figure["on"] = "test"): Figure => ({
  accuracy,
  on,
  at,
  bestOf: 1,
});

const recipe = (...figures: [Figure, ...Figure[]]): Recipe => ({
  name: "some-run",
  settings: { epochs: 3, hidden: [], learningRate: 0.5 },
  figures,
  source: { title: "Somebody", url: "https://example.org/" },
  seconds: 1,
});

describe("a comparison", () => {
  const runs = [
    run([0.5, 0.75, 0.75], [0.5, 0.625, 0.875]),
    run([0.25, 0.5, 0], [1, 0.125, 0.375]),
  ];

  test.each([
    { at: "last", on: "test", mean: 62.5 },
    { at: "best", on: "test", mean: 93.75 },
    { at: "best on validation", on: "test", mean: 37.5 },
    { at: 1, on: "test", mean: 75 },
    { at: "best", on: "validation", mean: 62.5 },
    { at: "last", on: "validation", mean: 37.5 },
  ] as const)("measures as the figure was: $on, $at", ({ at, on, mean }) => {
    expect(compare(recipe(figure(90, at, on)), runs).figures[0]?.ours.mean).toBe(mean);
  });

  test("takes the last epoch for the best on validation if there is no validation", () => {
    const { validated } = compare(recipe(figure(90, "last")), [run([], [0.5, 0.25])]);
    expect(validated.mean).toBe(25);
  });
});

describe("the report", () => {
  const runs = [0.9, 0.91, 0.92].map((accuracy) => run([], [accuracy]));
  const made = { seeds: [1, 2, 3], made: "Made here" };
  const row = (accuracy: number, of: readonly Run[] = runs) =>
    report([compare(recipe(figure(accuracy, "last")), of)], made)
      .split("\n")
      .find((line) => line.startsWith("| some-run"));

  test("has the published figure with its source, and ours with the spread", () => {
    expect(row(91)).toBe(
      "| some-run | [91.00% test, last epoch](https://example.org/) | 91.00 ± 1.00 | 86.03 to 95.97 | 91.00 ± 1.00 | 91.00 ± 1.00 | 91.00 ± 1.00 | 2.0 |",
    );
  });

  test("says where a figure is out of the interval", () => {
    expect(row(91)).not.toMatch(/ours is/);
    expect(row(99)).toContain("ours is worse");
    expect(row(80)).toContain("ours is better");
  });

  test("expects nothing after one run, and says where there is none", () => {
    expect(row(91, runs.slice(0, 1))).toContain("| 90.00 |  | 90.00 |");
    expect(row(91, [])).toContain("not run");
  });

  test("has the whole command", () => {
    expect(report([compare(recipe(figure(91, "last")), runs)], made)).toContain(
      "train-mnist --epochs 3 --hidden none --learning-rate 0.5 --seed N\n",
    );
  });
});
