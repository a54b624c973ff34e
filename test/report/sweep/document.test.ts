import { describe, expect, test } from "vitest";
import { sweepDocument } from "../../../src/report/sweep/document.js";
import { settingFigures } from "../../../src/report/sweep/figures.js";
import type { SettingsGroup, SweepSummary } from "../../../src/report/sweep/summary.js";
import { runWith } from "../examples.js";

/** A group with one run for each validation accuracy. */
function group(settings: readonly unknown[], ...accuracies: readonly number[]): SettingsGroup {
  const mean = accuracies.reduce((sum, y) => sum + y / accuracies.length, 0);
  const estimate = { n: accuracies.length, mean, deviation: 0.01 };
  const runs = accuracies.map((validation, k) => ({
    ...{ index: k, seed: k + 1, state: "done" as const },
    result: {
      ...{ reason: "epochs", epochs: 3, seconds: 1, weightsSha256: "" },
      ...{ validation, test: validation },
    },
  }));
  const label = settings.join(" ");
  return {
    ...{ label, settings, runs, validation: estimate, seconds: 1 },
    test: { ...estimate, mean: 0.123 },
    epochs: { min: 3, max: 3 },
  };
}

function summary(
  varying: readonly string[],
  groups: readonly SettingsGroup[],
  showsTest = false,
): SweepSummary {
  return {
    ...{ name: "a sweep", dataset: { name: "mnist", sha256: "ab".repeat(32) }, at: "last" },
    ...{
      counts: { done: 9, running: 0, failed: 0, stopped: 0, left: 0 },
      early: new Map(),
      failures: [],
    },
    ...{ varying, common: { epochs: "3" }, groups, chosen: groups[0], showsTest },
  };
}

const options = { counts: "9 of 9 runs done", command: "train-mnist sweep report sweep" };

/** The numbers or names below a figure, from the left to the right. */
function places(svg: string): string[] {
  const ticks = [...svg.matchAll(/v4"\/><text[^>]*>([^<]*)</g)];
  return ticks.map(([, text]) => text!);
}

function figureOf(values: readonly unknown[]): string {
  const groups = values.map((value, k) => group([value], 0.9 - 0.01 * k, 0.9));
  return settingFigures(summary(["learningRate"], groups))[0]!.draw(640);
}

describe("the plot of a setting", () => {
  test.each<[string, unknown[], string[]]>([
    ["numbers over decades", [1, 0.01, 0.1, 10], "0.01 0.02 0.05 0.1 0.2 0.5 1 2 5 10".split(" ")],
    ["numbers close to each other", [3, 1, 2], ["1", "2", "3"]],
    ["zero beside decades", [0.1, 0, 0.001], ["0", "0.001", "0.1"]],
    ["words", ["tanh", "relu"], ["tanh", "relu"]],
    ["what some have not", [2, undefined, 1], ["1", "2", "–"]],
    ["single hidden layers", [[100], [10], [1000]], "10 20 50 100 200 500 1,000".split(" ")],
    ["several hidden layers", [[100, 50], [10], []], ["10", "100, 50", "none"]],
  ])("has of %s the places in their order", (_, values, expected) => {
    expect(places(figureOf(values))).toEqual(expected);
  });

  test("has a dot for each run, and the mean of all runs at each value", () => {
    const groups = [group([1, "a"], 0.9, 0.8), group([1, "b"], 0.7), group([2, "a"], 0.5)];
    const [svg] = settingFigures(summary(["hidden", "activation"], groups)).map(({ draw }) =>
      draw(640),
    );
    const circles = svg!.match(/<circle class="f\d"[^>]*>(?=<title>)/g);
    expect(circles).toHaveLength(4);
    expect(svg).toContain("mean at each value: 80.00% at 1, 50.00% at 2.");
  });

  test("has of very many runs a part of their settings, the best among them, and says so", () => {
    const groups = Array.from({ length: 1200 }, (_, k) => group([k + 1], 0.9 - k / 2000));
    const [figure] = settingFigures(summary(["hidden"], groups));
    expect(figure!.note).toContain("Of 1200 settings, 400 are drawn");
    expect(figure!.draw(640).length).toBeLessThan(100_000);
  });
});

describe("the document", () => {
  test("shows test accuracies of the chosen settings alone, unless it is to show all", () => {
    const groups = [group([1], 0.9), group([2], 0.8)];
    const curves = groups.map(({ label }) => ({ label, runs: [runWith()] }));
    const times = (showsTest: boolean) => {
      const document = sweepDocument(summary(["hidden"], groups, showsTest), curves, options);
      return { hidden: document.match(/12\.30%/g)?.length, curves: document.includes("1, test<") };
    };
    expect(times(false)).toEqual({ hidden: 1, curves: false });
    expect(times(true)).toEqual({ hidden: 3, curves: true });
  });

  test("refers to nothing outside of it, escapes what it is told, and says whose curves it has", () => {
    const groups = [group(["<b>x"], 0.9), group(["y"], 0.8)];
    const best = [{ label: "<b>x", runs: [runWith()] }];
    const document = sweepDocument(summary(["activation"], groups), best, options);
    expect(document.match(/<b>x|https?:|src=|<link/g)).toBeNull();
    expect(document.match(/curves of the best 1 of 2 settings/g)).toHaveLength(1);
  });

  test("hides all but the first rows of a long table, and leaves the last away", () => {
    const groups = Array.from({ length: 300 }, (_, k) => group([k], 0.9 - k / 1000));
    const document = sweepDocument(summary(["hidden"], groups), [], options);
    expect(document.match(/<summary>180 more settings<\/summary>/g)).toHaveLength(1);
    expect(document.match(/And 100 more, with lower means\./g)).toHaveLength(1);
  });
});
