/** Files that are whole, and whose contents are nevertheless impossible. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckpointError, parseCheckpoint } from "../../src/checkpoints/index.js";
import { ranges } from "../../src/training/settings/ranges.js";
import { forged, SOURCE } from "../support/checkpoints.js";
import { settingsWith } from "../support/training.js";

/** A file with these settings in place of its own, and the right digest. */
const withSettings = (change: object) =>
  forged(({ metadata }) => {
    const settings = { ...settingsWith({ hidden: [3], trainSize: 40 }), ...change };
    metadata.set("settings", JSON.stringify(settings));
  });

const refused = (bytes: Uint8Array) => {
  expect(() => parseCheckpoint(bytes, SOURCE)).toThrow(CheckpointError);
  expect(() => parseCheckpoint(bytes, SOURCE)).toThrow(/^model\.safetensors has [^\n]+\.$/);
};

describe("a checkpoint that is consistent with its digest is refused", () => {
  test.each([
    { schedule: "linear" },
    { batchSize: 1.5 },
    { batchSize: 0 },
    { learningRate: -1 },
    { learningRate: "0.5" },
    { seed: {} },
    { seed: -1 },
    { elastic: [1e9, 5] },
    { elastic: { sigma: 1e9, alpha: 5 } },
    { elastic: { sigma: 5 } },
    { rotation: 90 },
    { gentle: [1, "7"] },
    { epochs: 0 },
    { warmup: 2 ** 60 },
    { patience: 0.5 },
    { targetAccuracy: 98 },
    { hidden: [1e9] },
    { hidden: "3" },
    { dropout: 1 },
    { momentum: 1 },
    { maxNorm: 0 },
    { l1: -1 },
    { labelSmoothing: 1 },
    { adversarial: -1 },
    { ema: 1 },
    { validationSize: -5 },
    { optimizer: "constructor" },
    { init: "toString" },
    { epoch: 3 },
    { deformation: { bend: 3 } },
  ])("with the setting %j", (change) => {
    refused(withSettings(change));
  });

  test("with the setting __proto__", () => {
    const bytes = forged(({ metadata }) => {
      const text = JSON.stringify(settingsWith({ hidden: [3], trainSize: 40 }));
      metadata.set("settings", text.replace("{", '{"__proto__":{"epochs":3},'));
    });
    refused(bytes);
  });

  test("with two settings that do not fit together", () => {
    refused(withSettings({ optimizer: "nesterov", momentum: 0 }));
    refused(withSettings({ optimizer: "adam", momentum: 0.9 }));
    refused(withSettings({ warmup: 5, epochs: 5 }));
  });

  test("with reports of more epochs than the run has", () => {
    const bytes = forged(({ metadata }) => {
      const report = { loss: 1, learningRate: 1, seconds: 1, imagesPerSecond: 40 };
      const reports = [1, 2, 3].map((epoch) => ({ epoch, ...report }));
      metadata.set("reports", JSON.stringify(reports));
      const settings = settingsWith({ hidden: [3], trainSize: 40, epochs: 2 });
      metadata.set("settings", JSON.stringify(settings));
    });
    expect(() => parseCheckpoint(bytes, SOURCE)).toThrow(/has reports of 3 epochs, though/);
  });

  test("with any value that the setting cannot have", () => {
    const name = fc.constantFrom(...(Object.keys(ranges) as (keyof typeof ranges)[]));
    fc.assert(
      fc.property(name, fc.jsonValue(), (name, value) => {
        if (ranges[name].has(value)) return;
        refused(withSettings({ [name]: value }));
      }),
      { numRuns: 500 },
    );
    // What a comparison would turn into a number, or could not.
    for (const name of ["dropout", "targetAccuracy", "learningRate", "momentum"] as const) {
      for (const value of ["0.5", { toString: false }, [0.5]]) {
        expect(ranges[name].has(value)).toBe(false);
        refused(withSettings({ [name]: value } as never));
      }
    }
  });

  test("but not without a setting that has a default", () => {
    const { inputDropout, ...before } = settingsWith({ hidden: [3], trainSize: 40 });
    const bytes = forged(({ metadata }) => {
      metadata.set("settings", JSON.stringify(before));
    });
    expect(parseCheckpoint(bytes, SOURCE).settings.inputDropout).toBe(inputDropout);
  });
});
