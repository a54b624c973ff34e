import { describe, expect, test } from "vitest";
import {
  checkSettings,
  completeSettings,
  defaults,
  type Settings,
  SettingsError,
} from "../../../src/training/index.js";
import { checkOnData } from "../../../src/training/settings/compatibility.js";
import { ranges } from "../../../src/training/settings/ranges.js";

describe("settings", () => {
  test("are completed by defaults, and the learning rate by the optimiser's", () => {
    expect(completeSettings()).toEqual({ ...defaults, learningRate: 0.5 });
    expect(completeSettings({ optimizer: "adam" }).learningRate).toBe(0.001);
    expect(completeSettings({ optimizer: "adam", learningRate: 2 }).learningRate).toBe(2);
  });

  test("that are undefined count as left out", () => {
    const some = { epochs: undefined, maxNorm: undefined } as unknown as Partial<Settings>;
    expect(completeSettings(some)).toEqual(completeSettings());
    const incomplete = { ...completeSettings(), maxNorm: undefined } as unknown as Settings;
    expect(() => checkSettings(incomplete)).not.toThrow();
  });

  test("have defaults that are possible, and fit together", () => {
    for (const [name, value] of Object.entries(defaults)) {
      expect(ranges[name as keyof Settings].has(value)).toBe(true);
    }
    expect(() => checkSettings(completeSettings())).not.toThrow();
  });

  test.each<[Partial<Settings>, string]>([
    [{ epochs: 1.5 }, "epochs 1.5 should be a whole number from 1 on"],
    [{ learningRate: Number.NaN }, "learningRate NaN should be a number above 0"],
    [{ hidden: [0] }, "hidden [0] should be whole numbers from 1 to 65536"],
    [
      { optimizer: "sdg" as "sgd" },
      'optimizer "sdg" should be one of sgd, nesterov, adam, rmsprop',
    ],
    [{ lr: 3 } as object, "lr is no setting"],
    [{ optimizer: "adam", momentum: 0.9 }, "momentum 0.9 is for optimizer sgd or nesterov, not"],
    [{ optimizer: "rmsprop", momentum: 0.9 }, "momentum 0.9 is for optimizer sgd or nesterov, not"],
    [{ optimizer: "nesterov" }, "optimizer nesterov needs a momentum above 0"],
    [{ lrEnd: 0.1 }, "lrEnd 0.1 is for schedule step, exponential or cosine, not for schedule"],
    [{ schedule: "cosine", lrEnd: 3 }, "lrEnd 3 should not be above learningRate 0.5"],
    [{ lrStep: 3 }, "lrStep 3 is for schedule step, not for schedule constant"],
    [{ elasticField: 29 }, "elasticField 29 is for deformations with elastic"],
    [
      { hidden: [], dropout: 0.5 },
      "dropout 0.5 is for hidden layers, and there are none with hidden []",
    ],
    [{ epochs: 3, warmup: 3 }, "warmup 3 should be less than epochs 3"],
  ])("%j are refused", (some, says) => {
    expect(() => checkSettings({ ...completeSettings(), ...some })).toThrow(SettingsError);
    expect(() => checkSettings(completeSettings(some))).toThrow(SettingsError);
    expect(() => checkSettings({ ...completeSettings(), ...some })).toThrow(says);
  });
});

describe("settings on data of 100 images", () => {
  const check = (some: Partial<Settings>, validationSize = 10) =>
    checkOnData({ ...completeSettings(), ...some }, { trainSize: 100, validationSize });

  test("may shrink the weights by less than the whole in each step", () => {
    expect(() => check({ learningRate: 0.5, lambda: 199 })).not.toThrow();
    expect(() => check({ learningRate: 0.5, lambda: 200 })).toThrow(
      "learningRate 0.5 with lambda 200 on 100 images would take the whole of each weight or more",
    );
    expect(() => check({ optimizer: "adam", learningRate: 0.5, lambda: 200 })).not.toThrow();
  });

  test.each<[Partial<Settings>, string]>([
    [{ targetAccuracy: 0.9 }, "targetAccuracy needs validation images"],
    [{ patience: 3 }, "patience needs validation images"],
    [{ schedule: "plateau" }, "schedule plateau needs validation images"],
  ])("without validation images cannot have %j", (some, says) => {
    expect(() => check(some)).not.toThrow();
    expect(() => check(some, 0)).toThrow(SettingsError);
    expect(() => check(some, 0)).toThrow(says);
  });

  test("need no validation images without", () => {
    expect(() => check({}, 0)).not.toThrow();
    expect(() => check({ schedule: "cosine" }, 0)).not.toThrow();
  });
});
