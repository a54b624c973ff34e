import { describe, expect, test } from "vitest";
import { interpreter } from "../../src/autodiff/index.js";
import { bestEpoch, type EpochReport, Trainer } from "../../src/training/index.js";
import { separableDataset } from "../support/digits.js";
import { reportsOf, settingsWith } from "../support/training.js";

const report = (epoch: number, validationAccuracy?: number): EpochReport => ({
  epoch,
  loss: 1,
  validationAccuracy,
  testAccuracy: 0.5,
  learningRate: 0.5,
  seconds: 1,
  imagesPerSecond: 1,
});

describe("train", () => {
  test("reports on each epoch in turn", async () => {
    const settings = settingsWith({ epochs: 3, learningRate: 0.25, validationSize: 10 });
    const trainer = new Trainer(settings, separableDataset(), interpreter);
    const reports = await reportsOf(trainer);
    expect(reports.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const { learningRate, seconds, imagesPerSecond, ...parts } of reports) {
      expect(learningRate).toBe(0.25);
      expect(imagesPerSecond * seconds).toBeCloseTo(50, 6);
      for (const accuracy of [parts.validationAccuracy, parts.testAccuracy]) {
        expect(accuracy).toBeGreaterThanOrEqual(0);
        expect(accuracy).toBeLessThanOrEqual(1);
      }
    }
    expect(reports.at(-1)?.testAccuracy).toBe(await trainer.test());
    expect(reports.at(-1)?.validationAccuracy).toBe(await trainer.validate());
  });

  test("counts the time that a resumed epoch took before, and no other's", async () => {
    const settings = settingsWith({ epochs: 3, validationSize: 10 });
    const trainer = new Trainer(settings, separableDataset(), interpreter);
    const before = { reports: [report(1, 0.5)], images: 10, seconds: 1000 };
    const [second, third] = await reportsOf(trainer, undefined, before);
    expect(second?.epoch).toBe(2);
    expect(second?.seconds).toBeGreaterThan(1000);
    expect(second!.imagesPerSecond * second!.seconds).toBeCloseTo(50, 6);
    expect(third?.seconds).toBeLessThan(1000);
  });

  test.each([
    { when: "at the first images of epoch 2", at: 1 },
    { when: "at the last images of epoch 2, before it is evaluated", at: 50 },
  ])("ends without a report on epoch 2 if the signal comes $when", async ({ at }) => {
    const settings = settingsWith({ epochs: 5, validationSize: 10 });
    const trainer = new Trainer(settings, separableDataset(), interpreter);
    const controller = new AbortController();
    const watch = (epoch: number) => ({
      signal: controller.signal,
      onProgress(done: number) {
        if (epoch === 2 && done >= at) controller.abort();
      },
    });
    const reports = await reportsOf(trainer, watch);
    expect(reports.map(({ epoch }) => epoch)).toEqual([1]);
  });
});

describe("bestEpoch", () => {
  test("is the one with the highest validation accuracy", () => {
    expect(bestEpoch([report(1, 0.5), report(2, 0.9), report(3, 0.7)])?.epoch).toBe(2);
  });
  test("is the first of equal ones", () => {
    expect(bestEpoch([report(1, 0.5), report(2, 0.9), report(3, 0.9)])?.epoch).toBe(2);
    expect(bestEpoch([report(1, 0), report(2, 0)])?.epoch).toBe(1);
  });
  test("is the last one where nothing is validated", () => {
    expect(bestEpoch([report(1), report(2)])?.epoch).toBe(2);
  });
  test("is undefined before the first epoch", () => {
    expect(bestEpoch([])).toBeUndefined();
  });
});
