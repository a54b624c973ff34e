/** The set-up of a run as texts: what settings they are, and that a link leads to them again. */
import { describe, expect, test } from "vitest";
import {
  checked,
  linkOf,
  pageRecipes,
  refusalOf,
  setupIn,
  setupOf,
} from "../../../src/page/train/setup.js";
import { completeSettings } from "../../../src/training/index.js";

const COUNT = 60_000;

describe("a set-up", () => {
  test.each(pageRecipes.map(({ name }) => name))("of the recipe %s has its settings", (name) => {
    const recipe = pageRecipes.find((each) => each.name === name);
    const { settings } = checked(setupOf(name, COUNT).texts, COUNT);
    expect(JSON.parse(JSON.stringify(settings))).toEqual(completeSettings(recipe?.settings));
  });

  test.each([
    [
      "best",
      /^The recipe best takes too long .* npx train-mnist --recipe best\. Here is default instead\.$/,
    ],
    ["besst", /^There is no recipe besst\. Here is default instead\.$/],
    ["nielsen-ch1-30", /^$/],
  ])("of a link with the recipe %s says whether it has it", (recipe, said) => {
    const parameters = new URLSearchParams({ recipe });
    expect(refusalOf(parameters)).toMatch(said);
    const used = said.test("") ? recipe : "default";
    expect(setupIn(parameters, COUNT).recipe).toBe(used);
    for (const none of ["", "recipe="]) expect(refusalOf(new URLSearchParams(none))).toBe("");
  });

  test("leaves sizes out for which there are too few images", () => {
    const { settings, problems } = checked(setupOf("nielsen-ch1-30", 20_000).texts, 20_000);
    expect(problems).toEqual([]);
    expect(settings?.trainSize).toBeUndefined();
  });

  test.each([
    ["learningRate", "-1", "Learning rate η should be a number above 0 (1e-38 to 1e38)."],
    ["learningRate", "fast", "Learning rate η should be a number above 0 (1e-38 to 1e38)."],
    [
      "hidden",
      "30,,10",
      "Hidden layers should be whole numbers from 1 to 65536 (such as 30 or 100,50, or none).",
    ],
    ["epochs", "", "Epochs should be a whole number from 1 on."],
    ["momentum", "1", "Momentum μ should be a number from 0 to 0.9999999."],
    ["elastic", "5", /^Elastic σ,α should be σ above 0/],
    ["batchSize", "70000", /^Batch size 70000 should be at most 50000/],
    [
      "lambda",
      "1e9",
      /^Learning rate η 0.5 with Regularisation λ 1000000000 on 50000 images would/,
    ],
  ] as const)("with %s %j says what is wrong beside the field", (setting, text, message) => {
    const { texts } = setupOf("default", COUNT);
    const { problems } = checked({ ...texts, [setting]: text }, COUNT);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(problem?.setting).toBe(setting === "lambda" ? "learningRate" : setting);
    if (typeof message === "string") expect(problem?.message).toBe(message);
    else expect(problem?.message).toMatch(message);
  });

  test("says what does not go together, by the labels of the form", () => {
    const { texts } = setupOf("default", COUNT);
    const { problems } = checked({ ...texts, optimizer: "adam", momentum: "0.9" }, COUNT);
    expect(problems).toEqual([
      {
        setting: "momentum",
        message: "Momentum μ 0.9 is for Optimiser sgd or nesterov, not for Optimiser adam.",
      },
    ]);
  });

  test("can be without hidden layers", () => {
    const { texts } = setupOf("default", COUNT);
    expect(checked({ ...texts, hidden: "none" }, COUNT).settings?.hidden).toEqual([]);
  });

  test("is where its link leads, with what the recipe has left out", () => {
    const { recipe, texts } = setupOf("nielsen-ch3-best", COUNT);
    const setup = { recipe, texts: { ...texts, seed: "7", trainSize: "", hidden: "30,20" } };
    const link = Object.entries(linkOf(setup, COUNT)).filter(([, value]) => value !== "");
    expect(Object.fromEntries(link)).toEqual({
      ...{ recipe: "nielsen-ch3-best", hidden: "30,20", seed: "7", trainSize: "-" },
    });
    const parameters = new URLSearchParams(new URLSearchParams(link).toString());
    expect(setupIn(parameters, COUNT)).toEqual(setup);
  });
});
