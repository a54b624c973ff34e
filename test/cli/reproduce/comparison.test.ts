import { describe, expect, test } from "vitest";
import { compare } from "../../../src/cli/reproduce/comparison.js";
import type { Committee, Run } from "../../../src/cli/reproduce/entry.js";
import { report } from "../../../src/cli/reproduce/report.js";
import type { Figure, Recipe } from "../../../src/recipes/index.js";
import { remarks } from "../../../src/recipes/remarks.js";
import { settingsWith } from "../../support/training.js";

const run = (validation: number[], test: number[], seed = 1): Run => ({
  settings: { ...settingsWith({ seed }), executor: "engine", backend: "embedded" },
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

describe("what is expected of a figure", () => {
  const expected = (...accuracies: number[]) =>
    compare(
      recipe(figure(90, "last")),
      accuracies.map((accuracy) => run([], [accuracy])),
    ).figures[0]?.expected;

  test("after one run has the standard error of an accuracy on 10,000 images for a deviation", () => {
    const { low, high } = expected(0.9)!;
    expect(low).toBeCloseTo(90 - 1.96 * Math.SQRT2 * 0.3, 9);
    expect(high).toBeCloseTo(90 + 1.96 * Math.SQRT2 * 0.3, 9);
  });

  test("after two runs has it, too, even if they agree to the last image", () => {
    const { low, high } = expected(0.9, 0.9)!;
    expect(low).toBeCloseTo(90 - 1.96 * Math.sqrt(1.5) * 0.3, 9);
    expect(high).toBeCloseTo(90 + 1.96 * Math.sqrt(1.5) * 0.3, 9);
  });

  test("is nothing without runs", () => {
    expect(expected()).toBeUndefined();
  });

  test("leaves out the runs that miss a digit", () => {
    expect(expected(0.96, 0.75, 0.86, 0.97)).toEqual(expected(0.96, 0.97));
    expect(expected(0.92, 0.96, 0.97)!.low).toBeLessThan(92);
  });
});

describe("the report", () => {
  const runs = [0.9, 0.91, 0.92].map((accuracy, i) => run([], [accuracy], i + 1));
  const made = "executor engine";
  const lines = (one: Recipe, of: readonly Run[] = runs) =>
    report([compare(one, of)], made).split("\n");
  const row = (accuracy: number, of: readonly Run[] = runs) =>
    lines(recipe(figure(accuracy, "last")), of).find((line) => line.startsWith("| some-run"));

  test("has the published figure with its source, and ours with the spread", () => {
    expect(row(91)).toBe(
      "| some-run | [91.00% test, last epoch](https://example.org/) | 1–3 | 91.00 ± 1.00 | 86.03 to 95.97 | 91.00 ± 1.00 | 91.00 ± 1.00 | 91.00 ± 1.00 | 2.0 |",
    );
  });

  test("says where a figure is out of the interval", () => {
    expect(row(91)).not.toMatch(/ours is/);
    expect(row(99)).toContain("ours is worse");
    expect(row(80)).toContain("ours is better");
  });

  test("says of which runs each row is, and which has none", () => {
    expect(row(91, runs.slice(0, 1))).toContain(
      "| 1 | 90.00 | 89.17 to 90.83: ours is worse | 90.00 |",
    );
    expect(row(91, [...runs, run([], [0.9], 7)])).toContain("| 1–3, 7 |");
    expect(row(91, [])).toContain("| none |  |");
  });

  test("does not call a figure that of an unpublished run", () => {
    const own = { ...recipe(figure(91, "last")), comparedWith: "theirs" };
    expect(lines(own).find((line) => line.startsWith("| some-run"))).toContain(
      "| ours; beside it theirs: [91.00% test, last epoch](https://example.org/) |",
    );
  });

  test("says how many runs miss a digit", () => {
    const all = [...runs, run([], [0.7], 4)];
    expect(lines(recipe(figure(91, "last")), all)).toContain(
      "- **some-run**: One of these 4 runs ended more than five points below the best; the interval is that of the others.",
    );
  });

  test("has a remark on several recipes once", () => {
    const names = ["nielsen-ch3-cross-entropy-30", "nielsen-ch3-overfitting"] as const;
    const one = recipe(figure(91, "last"));
    const comparisons = [...names, "one"].map((name) => compare({ ...one, name }, runs));
    expect(report(comparisons, made)).toContain(
      `\n- **${names.join(", ")}**: ${remarks.get(names[0])}\n`,
    );
  });

  test("says of the recorded runs, each once, what made them, as far as it is known", () => {
    const [first, second, third] = runs as [Run, Run, Run];
    const here = { processor: "Here", threads: 1, version: "1.0.0" };
    const known = [
      { ...first, made: { processor: "There" } },
      { ...second, made: { ...here, date: "2026-01-02" } },
      { ...third, made: { ...here, date: "2026-01-01" } },
    ];
    const both = ["one", "two"].map((name) =>
      compare({ ...recipe(figure(91, "last")), name }, known),
    );
    expect(report(both, made)).toContain(
      "Run with executor engine: 1 run on There; 2 on Here by version 1.0.0, 2026-01-01 to 2026-01-02. Acc",
    );
    expect(report([compare(recipe(figure(91, "last")), runs)], made)).toContain(
      "Run with executor engine. Acc",
    );
  });

  test("lists all runs, with what is known of each", () => {
    const made = { processor: "Here", threads: 2, version: "1.0.0", date: "2026-01-02" };
    const weightsSha256 = "0123456789abcdef".repeat(4);
    const known = { ...run([], [0.99, 0.95], 7), weightsSha256, made };
    const all = lines(recipe(figure(91, "last")), [run([], [0.9], 1), known]);
    expect(all).toContain("## All runs");
    expect(all).toContain("| some-run | 1 | 90.00 | 2.0 |  |  |  |  | `00` |");
    expect(all).toContain(
      "| some-run | 7 | 95.00 | 2.0 | 2 | Here | 1.0.0 | 2026-01-02 | `0123456789abcdef` |",
    );
    expect(lines(recipe(figure(91, "last")), [])).not.toContain("## All runs");
  });

  test("has the whole command", () => {
    expect(lines(recipe(figure(91, "last")))).toContain(
      "train-mnist --epochs 3 --hidden none --learning-rate 0.5 --seed N",
    );
  });
});

describe("committees in the report", () => {
  const runs = [run([], [0.99, 0.95], 1), run([], [0.9, 0.97], 2), run([], [0.9, 0.99], 4)];
  const { seed: _, ...settings } = runs[0]!.settings;
  const committee = (seeds: number[], test: number): Committee => ({
    ...{ settings, dataset: "mnist", seeds, test },
    weightsSha256: seeds.map(() => "00"),
  });
  const lines = (...committees: Committee[]) =>
    report([compare(recipe(figure(90, "last")), runs, committees)], "").split("\n");

  test("stand beside the last epochs of their members", () => {
    const both = lines(committee([1, 2], 0.975), committee([1, 2, 4], 0.9912));
    expect(both).toContain("## Committees");
    expect(both).toContain("| some-run | 1–2 | 96.00 ± 1.41 | 97.50 |");
    expect(both).toContain("| some-run | 1–2, 4 | 97.00 ± 2.00 | 99.12 |");
  });

  test("have no heading where there is none", () => {
    expect(lines()).not.toContain("## Committees");
  });
});
