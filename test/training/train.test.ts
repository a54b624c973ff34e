import { describe, expect, test } from "vitest";
import { interpreter } from "../../src/autodiff/index.js";
import {
  bestEpoch,
  type EpochReport,
  type Measurement,
  type Measuring,
  type Settings,
  Trainer,
  USUAL_MEASURING,
} from "../../src/training/index.js";
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
    for (const set of ["train", "validation", "test"] as const) {
      const { accuracy, loss } = (await trainer.measure(set)) as Measurement;
      const measured = { [`${set}Accuracy`]: accuracy, [`${set}Loss`]: loss };
      expect(reports.at(-1)).toMatchObject(measured);
    }
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

describe("what is measured", () => {
  const ALWAYS: Partial<Settings> = { epochs: 5, validationSize: 10, learningRate: 1 };

  /** Which epochs have which measurements, and the digest of the weights that the run ends with. */
  async function measuredIn(some: Partial<Settings>, measuring: Partial<Measuring>) {
    const options = { ...USUAL_MEASURING, ...measuring };
    const trainer = new Trainer(settingsWith(some), separableDataset(), interpreter, options);
    const reports = await reportsOf(trainer);
    const epochsWith = (set: "train" | "validation" | "test") =>
      reports
        .filter((report) => {
          const [accuracy, loss] = [report[`${set}Accuracy`], report[`${set}Loss`]];
          expect(accuracy === undefined).toBe(loss === undefined);
          return accuracy !== undefined;
        })
        .map(({ epoch }) => epoch);
    const [train, validation, test] = [
      epochsWith("train"),
      epochsWith("validation"),
      epochsWith("test"),
    ];
    return { train, validation, test, digest: trainer.weightsSha256() };
  }

  const all = [1, 2, 3, 4, 5];
  test.each([
    { measuring: {}, some: {}, epochs: { train: all, validation: all, test: all } },
    { measuring: { train: 0 }, some: {}, epochs: { train: [], validation: all, test: all } },
    { measuring: { test: false }, some: {}, epochs: { train: all, validation: all, test: [5] } },
    {
      measuring: { validation: false },
      some: {},
      epochs: { train: all, validation: [], test: all },
    },
    {
      measuring: { every: 2 },
      some: {},
      epochs: { train: [2, 4, 5], validation: [2, 4, 5], test: [2, 4, 5] },
    },
    { measuring: { every: 9 }, some: {}, epochs: { train: [5], validation: [5], test: [5] } },
    {
      measuring: { every: 2 },
      some: { patience: 4 },
      epochs: { train: [2, 4, 5], validation: all, test: [2, 4, 5] },
    },
    {
      measuring: { every: 2, validatesAlways: true },
      some: {},
      epochs: { train: [2, 4, 5], validation: all, test: [2, 4, 5] },
    },
    {
      measuring: { every: 9 },
      some: { targetAccuracy: 0.01 },
      epochs: { train: [1], validation: [1], test: [1] },
    },
    {
      measuring: {},
      some: { validationSize: 0 },
      epochs: { train: all, validation: [], test: all },
    },
    {
      measuring: { every: 3 },
      some: { rotation: 5 },
      epochs: { train: [3, 5], validation: [3, 5], test: [3, 5] },
    },
    {
      measuring: { train: 0, every: 3 },
      some: { rotation: 5 },
      epochs: { train: [], validation: [3, 5], test: [3, 5] },
    },
  ])("with $measuring and $some is $epochs", async ({ measuring, some, epochs }) => {
    const settings = { ...ALWAYS, ...some };
    const { digest, ...measured } = await measuredIn(settings, measuring);
    expect(measured).toEqual(epochs);
    const none = { train: 0, validation: false, test: false };
    expect((await measuredIn(settings, none)).digest).toBe(digest);
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
