import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configure } from "../../../../src/cli/configuration/configure.js";
import { addPlanOptions, runOptions } from "../../../../src/cli/sweep/planning/options.js";
import { planOf } from "../../../../src/cli/sweep/planning/plan.js";
import { specificationOf } from "../../../../src/cli/sweep/planning/said.js";
import { addTrainOptions } from "../../../../src/cli/train/command.js";
import { completeSettings } from "../../../../src/training/settings/settings.js";
import { temporaryDirectory } from "../../../data/fixtures.js";

const COMMON = {
  dataset: { name: "rows", sha256: "0".repeat(64) },
  executor: "engine",
  backend: "embedded",
};

/** The runs that the flags, and a specification, make. */
function planned(args: readonly string[], spec?: object | string, env: NodeJS.ProcessEnv = {}) {
  const command = addPlanOptions(new Command().exitOverride().configureOutput({ writeErr() {} }));
  command.parse(args, { from: "user" });
  let file: string | undefined;
  if (spec !== undefined) {
    file = join(temporaryDirectory(), "spec.json");
    writeFileSync(file, typeof spec === "string" ? spec : JSON.stringify(spec));
  }
  const options = runOptions(command);
  const plan = planOf(specificationOf(command, options, file, env), options);
  plan.check();
  return [...plan.planned(COMMON)].map(({ settings, ...run }) => ({
    ...run,
    settings: completeSettings(JSON.parse(settings)),
  }));
}

/** The settings of a single run with these flags. */
function single(args: readonly string[]) {
  const command = addTrainOptions(new Command());
  command.parse(args, { from: "user" });
  return configure(command, {}).settings;
}

/** Values of settings, some of which decide about others, or are dropped for others. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  "--recipe": ["default", "best", "nielsen-ch3-init-large", "keras-mlp"],
  "--optimizer": ["sgd", "adam", "rmsprop"],
  "--hidden": ["30", "100,50", "none"],
  "--schedule": ["constant", "cosine", "plateau"],
  "--learning-rate": ["0.1", "0.01"],
  "--seed": ["1", "2", "3"],
  "--epochs": ["20", "30"],
  "--lambda": ["0", "5"],
  "--elastic": ["6,36", "5-6,36-38"],
};

const axes = fc.uniqueArray(
  fc.constantFrom(...Object.keys(VALUES)).chain((flag) =>
    fc.record({
      flag: fc.constant(flag),
      words: fc.shuffledSubarray([...(VALUES[flag] as string[])], { minLength: 1 }),
    }),
  ),
  { selector: ({ flag }) => flag, maxLength: 4 },
);

describe("the runs of a sweep", () => {
  test("have the settings that each has alone with its flags, and no two are the same", () => {
    fc.assert(
      fc.property(axes, (axes) => {
        const args = axes.flatMap(({ flag, words }) => words.flatMap((word) => [flag, word]));
        let expected: string[][] = [[]];
        // A single value is no axis, so that its place among the flags does not matter.
        for (const { flag, words } of axes) {
          expected = expected.flatMap((before) => words.map((word) => [...before, flag, word]));
        }
        const runs = planned(args);
        expect(runs.map(({ settings }) => settings)).toEqual(expected.map(single));
        const different = new Set(expected.map((flags) => JSON.stringify(single(flags))));
        expect(new Set(runs.map(({ sha256 }) => sha256)).size).toBe(different.size);
      }),
      { numRuns: 60 },
    );
  });

  test("are the same however they are said, and whatever is said that is so by default", () => {
    const runs = planned(["--lr", "0.1", "--lr", "0.3", "--hidden", "100,50", "--seeds", "1-2"]);
    const spec = { learning_rate: [0.1, 0.3], hidden: [[100, 50]], seed: [1, 2], momentum: 0 };
    expect(planned([], spec)).toEqual(runs);
    expect(planned(["--seeds", "1,2"], { lr: ["0.1", "3e-1"], hidden: "100,50" })).toMatchObject(
      runs.map(({ sha256 }) => ({ sha256 })),
    );
    expect(runs.map(({ label }) => label)).toEqual([
      ...["lr=0.1 seed=1", "lr=0.1 seed=2", "lr=0.3 seed=1", "lr=0.3 seed=2"],
    ]);
  });

  test("take what the environment says, as single runs do", () => {
    const [run] = planned(["--seeds", "4"], undefined, { TRAIN_MNIST_LR: "0.2" });
    expect(run?.settings).toMatchObject({ learningRate: 0.2, seed: 4 });
    expect(run?.settings).not.toHaveProperty("elastic");
  });

  test("take what flags say before the environment", () => {
    const env = { TRAIN_MNIST_LR: "0.2", TRAIN_MNIST_HIDDEN: "77" };
    const runs = planned(["--lr", "0.1", "--lr", "0.3"], undefined, env);
    expect(runs.map(({ settings }) => settings.learningRate)).toEqual([0.1, 0.3]);
    expect(runs[0]?.settings).toMatchObject({ hidden: [77] });
  });

  test("that are drawn lie in their ranges, evenly on the scale, whole where a setting is", () => {
    const spec = {
      learningRate: { min: 0.0001, max: 1, scale: "log" },
      batchSize: { min: 1, max: 4 },
      hidden: { choices: ["10", [20, 10]] },
      runs: 400,
    };
    const settings = planned([], spec).map((run) => run.settings);
    const part = (is: (each: (typeof settings)[number]) => boolean) =>
      settings.filter(is).length / settings.length;
    expect(part(({ learningRate }) => learningRate < 0.01)).toBeCloseTo(0.5, 1);
    for (const size of [1, 2, 3, 4]) {
      expect(part(({ batchSize }) => batchSize === size)).toBeCloseTo(0.25, 1);
    }
    expect(part(({ hidden }) => hidden.join() === "20,10")).toBeCloseTo(0.5, 1);
    expect(planned([], { ...spec, samplerSeed: 2 })[0]).not.toEqual(planned([], spec)[0]);
  });
});

describe("a sweep that cannot be is refused in a sentence", () => {
  test.each([
    { spec: { learnigRate: [1] }, says: /line 1: learnigRate is no setting; did you mean lear/ },
    { spec: { banana: 1 }, says: /banana is no setting; train-mnist --print-config shows all/ },
    { spec: { keep: "best" }, says: /1: keep is no setting of a run: only the flag --keep can/ },
    {
      spec: { save_every: [1] },
      says: /save_every is no .*: only the flag --save-every can say it/,
    },
    { spec: { save: "x" }, says: /line 1: save is not for a sweep: each run of a sweep has a fol/ },
    { spec: { "keep-best": true }, says: /keep-best is not for a sweep: say --keep best/ },
    { spec: { lr: [0.1, "1e-1"] }, says: /lr has 0.1 and 1e-1, which are the same: drop one/ },
    { spec: { lr: [0.1, 0.1] }, says: /lr has 0.1 twice: drop one/ },
    { spec: { lr: [] }, says: /lr has no value/ },
    { spec: { lr: [0.1, -1] }, says: /lr cannot be -1: expected a number/ },
    { spec: { lr: 0.1, learningRate: 0.2 }, says: /are the same setting: drop one/ },
    { spec: { lr: 0.1 }, args: ["--lr", "1"], says: /line 1: lr and --lr are the same setting/ },
    { spec: { seed: [1], seeds: "1-2" }, says: /are the same setting: drop one/ },
    { args: ["--seed", "1", "--seeds", "1-2"], says: /--seed and --seeds are the same setting/ },
    { spec: { seeds: "2-x" }, says: /seeds cannot be "2-x": expected whole numbers/ },
    {
      spec: { seeds: "2-1" },
      says: /seeds cannot be "2-1": the range 2-1 runs backwards: say 1-2$/,
    },
    { spec: { recipe: ["best", "bset"] }, says: /no recipe bset; did you mean best\?/ },
    { spec: { dataset: ["mnist", "kmnist"] }, says: /dataset is the same for all runs of a sweep/ },
    { spec: { lr: { min: 1, max: 2 } }, says: /lr is drawn: say how often, such as "runs": 20/ },
    { spec: { lr: 1, runs: 3 }, says: /runs is for settings that are drawn/ },
    { spec: { lr: { min: 0, max: 1 }, runs: 1 }, says: /lr cannot be 0/ },
    { spec: { l1: { min: 0, max: 1, scale: "log" }, runs: 1 }, says: /min that is not above 0/ },
    { spec: { lr: { min: 2, max: 1 }, runs: 1 }, says: /min that is not below its max/ },
    { spec: { lr: { mim: 1, max: 2 }, runs: 1 }, says: /lr has mim: did you mean min\?/ },
    { spec: { lr: { min: 1, max: 2 }, runs: 1.5 }, says: /runs should be a whole number from 1/ },
    { spec: { activation: { min: 1, max: 2 }, runs: 1 }, says: /activation cannot be 1/ },
    {
      spec: { optimizer: ["sgd", "adam"], momentum: 0.9 },
      says: /momentum 0.9 .*run optimizer=adam/,
    },
    {
      spec: { seeds: "1-1000000", lr: [1, 2] },
      says: /2000000 runs, and a sweep can have 1000000/,
    },
    { spec: '{"lr": [0.1}', says: /line 1, column 12: expected ',' or '\]', found '\}'/ },
    { spec: "lr: 1", says: /line 1, column 1: expected '\{', found 'l'/ },
  ])("$spec $args", ({ spec, args = [], says }) => {
    expect(() => planned(args, spec)).toThrow(says);
  });

  test("also where the environment names a flag that it cannot say", () => {
    const env = { TRAIN_MNIST_KEEP: "best" };
    expect(() => planned([], undefined, env)).toThrow(/only the flag --keep can say it/);
  });

  test.each([
    { args: ["--lr", "0.1", "--lr", "1e-1"], says: /It is given twice/ },
    { args: ["--hiden", "3"], says: /unknown option '--hiden'\n\(Did you mean --hidden\?\)/ },
    { args: ["--seeds", "1,1"], says: /no number twice/ },
  ])("$args", ({ args, says }) => {
    expect(() => planned(args)).toThrow(says);
  });
});
