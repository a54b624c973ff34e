import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { settingsOf } from "../../src/cli/configuration/combination.js";
import { configText, configure, configured } from "../../src/cli/configuration/configure.js";
import { configurable } from "../../src/cli/configuration/options.js";
import { predictionInterval } from "../../src/cli/reproduce/statistics.js";
import { addTrainOptions } from "../../src/cli/train/command.js";
import type { Flags } from "../../src/cli/train/run.js";
import { measureInWords, recipes, saysHowToTrain } from "../../src/recipes/index.js";

describe("a recipe", () => {
  test("has a name of its own", () => {
    const names = recipes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(recipes)("has settings that the flags' parsers accept together: $name", (recipe) => {
    const command = addTrainOptions(new Command());
    command.parse(["--recipe", recipe.name], { from: "user" });
    configure(command, {});
    const printed = JSON.parse(configText(command, settingsOf(configured<Flags>(command))));
    expect(printed).toMatchObject(recipe.settings);
  });

  test.each(recipes)("has figures that can be compared: $name", ({ figures, settings }) => {
    for (const { accuracy, at, on, bestOf } of figures) {
      expect(accuracy).toBeGreaterThan(50);
      expect(accuracy).toBeLessThan(100);
      if (typeof at === "number") expect(at).toBeLessThanOrEqual(settings.epochs!);
      if (on === "validation" || at === "best on validation") {
        expect(settings.validationSize).not.toBe(0);
      }
      expect(() => predictionInterval({ n: 3, mean: 95, deviation: 1 }, bestOf)).not.toThrow();
    }
  });
});

test("every setting says how to train, except for how long, on what, and by what means", () => {
  const command = addTrainOptions(new Command());
  const names = configurable(command).map((option) => option.attributeName());
  expect(names.filter((name) => !saysHowToTrain(name))).toEqual([
    "epochs",
    "patience",
    "targetAccuracy",
    "seed",
    "trainSize",
    "validationSize",
    "executor",
    "threads",
    "backend",
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
