import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { configText, configure, expectCompatible } from "../../src/cli/configuration/configure.js";
import { settingsInJson } from "../../src/cli/configuration/value.js";
import { settingOptions } from "../../src/cli/options/option.js";
import { predictionInterval } from "../../src/cli/reproduce/statistics.js";
import { addTrainOptions } from "../../src/cli/train/command.js";
import type { TrainFlags } from "../../src/cli/train/options.js";
import { measureInWords, recipes } from "../../src/recipes/index.js";
import { remarks } from "../../src/recipes/remarks.js";
import { flagOf, wordOf } from "../../src/recipes/words.js";

/** The settings that `--print-config` prints. */
function printedBy(args: readonly string[]): Record<string, unknown> {
  const command = addTrainOptions(new Command());
  command.parse(args, { from: "user" });
  const configuration = configure<TrainFlags>(command, {});
  expectCompatible(configuration);
  return JSON.parse(configText(command, configuration));
}

/** The same settings as flags. */
function argsOf(settings: Record<string, unknown>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [flagOf(name), wordOf(value)]);
}

describe("a recipe", () => {
  test("has a name of its own", () => {
    const names = recipes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...remarks.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(recipes)("has settings that the flags' parsers accept together: $name", (recipe) => {
    const printed = printedBy(["--recipe", recipe.name]);
    expect(printed).toMatchObject(settingsInJson(recipe.settings));
    expect(printedBy(argsOf(printed))).toEqual(printed);
  });

  test.each(recipes)("has figures that can be compared: $name", (recipe) => {
    const { figures, settings, comparedWith } = recipe;
    for (const { accuracy, at, on, bestOf } of figures) {
      expect(accuracy).toBeGreaterThan(50);
      expect(accuracy).toBeLessThan(100);
      if (typeof at === "number") expect(at).toBeLessThanOrEqual(settings.epochs!);
      // What stands beside a run of our own may be of a published run that had more images.
      const isBest = at === "best on validation" && comparedWith === undefined;
      if (on === "validation" || isBest) expect(settings.validationSize).not.toBe(0);
      expect(() => predictionInterval({ n: 3, mean: 95, deviation: 1 }, bestOf)).not.toThrow();
    }
  });
});

test("every setting says how to train, except for how long, on what, and by what means", () => {
  const command = addTrainOptions(new Command());
  const others = settingOptions(command).filter(({ role }) => role !== "method");
  expect(others.map((option) => option.attributeName())).toEqual([
    "epochs",
    "patience",
    "targetAccuracy",
    "seed",
    "trainSize",
    "validationSize",
    "executor",
    "threads",
    "simd",
    "backend",
    "measure",
    "evalEvery",
    "dataset",
    "dataDir",
    "cacheDir",
    "mirror",
    "testDir",
  ]);
});

test.each([
  { at: "best", on: "test", bestOf: 3, words: "95.40% test, best epoch, best of 3 runs" },
  { at: "last", on: "validation", bestOf: 1, words: "95.40% validation, last epoch" },
  { at: 1, on: "validation", bestOf: 1, words: "95.40% validation, epoch 1" },
] as const)("a figure in words is $words", ({ words, ...figure }) => {
  expect(measureInWords({ accuracy: 95.4, ...figure })).toBe(words);
});
