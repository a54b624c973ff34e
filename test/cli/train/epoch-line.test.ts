import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochLine } from "../../../src/cli/train/reporting/epoch-line.js";
import type { EpochReport } from "../../../src/training/index.js";
import { settingsWith } from "../../support/training.js";

const REPORT: EpochReport = {
  epoch: 7,
  loss: 0.01234,
  trainLoss: 0.1,
  trainAccuracy: 0.991,
  validationLoss: 0.2,
  validationAccuracy: 0.982,
  testLoss: 0.3,
  testAccuracy: 0.973,
  learningRate: 0.5,
  seconds: 1.25,
  imagesPerSecond: 40_000,
};
const settings = settingsWith({ epochs: 20 });

describe("the line of an epoch", () => {
  test.each([
    { width: 12, line: "epoch  7/20" },
    { width: 30, line: "epoch  7/20  test 97.30%" },
    { width: 45, line: "epoch  7/20  validation 98.20%  test 97.30%" },
    {
      width: 80,
      line: "epoch  7/20  loss 0.0123  train 99.10%  validation 98.20%  test 97.30%  1.25 s",
    },
    {
      width: Number.POSITIVE_INFINITY,
      line: "epoch  7/20  loss 0.0123  train 99.10%  validation 98.20%  test 97.30%  1.25 s  40,000 images/s  train loss 0.1000  validation loss 0.2000  test loss 0.3000",
    },
  ])("has what matters most in $width columns", ({ width, line }) => {
    expect(epochLine(REPORT, settings, width)).toBe(line);
  });

  test("has the learning rate where it changes, and nothing of what was not measured", () => {
    const { epoch, loss, learningRate, seconds, imagesPerSecond } = REPORT;
    const report = { epoch, loss, learningRate, seconds, imagesPerSecond };
    const unmeasured = { ...report, validationAccuracy: undefined, testAccuracy: undefined };
    expect(epochLine(unmeasured, settingsWith({ epochs: 20, warmup: 1 }), 80)).toBe(
      "epoch  7/20  loss 0.0123  η 0.5  1.25 s  40,000 images/s",
    );
  });

  test("is never wider than there is room, and only grows with it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 200 }), (width) => {
        const [line, wider] = [width, width + 1].map((n) => epochLine(REPORT, settings, n));
        expect(line!.length).toBeLessThanOrEqual(width);
        for (const part of line!.split("  ")) expect(wider).toContain(part);
      }),
    );
  });
});
