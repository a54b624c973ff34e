import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type EpochReport,
  endingOf,
  learningRateAfter,
  type Settings,
} from "../../src/training/index.js";
import { settingsWith } from "../support/training.js";

/** Reports with these validation accuracies. */
const reportsWith = (accuracies: readonly (number | undefined)[]): EpochReport[] =>
  accuracies.map((validationAccuracy, i) => ({
    epoch: i + 1,
    loss: 1,
    validationAccuracy,
    testAccuracy: 0.5,
    learningRate: 0.5,
    seconds: 1,
    imagesPerSecond: 1,
  }));

const rising = (count: number) => Array.from({ length: count }, (_, i) => (i + 1) / 100);

/** The learning rates of all epochs, were validation to become better with each. */
const ratesOf = (settings: Settings) =>
  Array.from({ length: settings.epochs }, (_, done) =>
    learningRateAfter(reportsWith(rising(done)), settings),
  );

describe("the learning rates", () => {
  test.each([
    { some: { schedule: "constant" }, rates: [1, 1, 1, 1, 1] },
    { some: { schedule: "exponential", lrEnd: 1 / 16 }, rates: [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16] },
    { some: { schedule: "exponential" }, rates: [1, 10 ** -0.5, 0.1, 10 ** -1.5, 0.01] },
    { some: { schedule: "step", lrStep: 2, lrEnd: 0.01 }, rates: [1, 1, 0.1, 0.1, 0.01] },
    { some: { schedule: "step", lrEnd: 0.01 }, rates: [1, 1, 1, 1, 1] },
    {
      some: { schedule: "cosine", lrEnd: 0.2 },
      rates: [1, 0.6 + 0.4 * Math.SQRT1_2, 0.6, 0.6 - 0.4 * Math.SQRT1_2, 0.2],
    },
    { some: { schedule: "plateau" }, rates: [1, 1, 1, 1, 1] },
    { some: { schedule: "plateau", warmup: 2 }, rates: [1 / 3, 2 / 3, 1, 1, 1] },
    { some: { schedule: "constant", warmup: 3 }, rates: [1 / 4, 2 / 4, 3 / 4, 1, 1] },
    {
      some: { schedule: "exponential", warmup: 2, lrEnd: 0.01 },
      rates: [1 / 3, 2 / 3, 1, 0.1, 0.01],
    },
    { some: { schedule: "cosine", warmup: 4 }, rates: [0.2, 0.4, 0.6, 0.8, 1] },
  ] as { some: Partial<Settings>; rates: number[] }[])(
    "of 5 epochs with $some are $rates",
    ({ some, rates }) => {
      const actual = ratesOf(settingsWith({ epochs: 5, learningRate: 1, ...some }));
      rates.forEach((rate, i) => {
        expect(actual[i]).toBeCloseTo(rate, 10);
      });
    },
  );

  test.each(["exponential", "cosine"] as const)(
    "of %s fall from η to where they are to end",
    (schedule) => {
      const rate = fc.double({ min: 1e-6, max: 10, noNaN: true });
      fc.assert(
        fc.property(
          fc.integer({ min: 2, max: 60 }),
          rate,
          fc.double({ min: 0.001, max: 1, noNaN: true }),
          (epochs, learningRate, part) => {
            const lrEnd = part * learningRate;
            const rates = ratesOf(settingsWith({ epochs, learningRate, schedule, lrEnd }));
            expect(rates[0]! / learningRate).toBeCloseTo(1, 10);
            expect(rates.at(-1)! / lrEnd).toBeCloseTo(1, 9);
            rates.forEach((each, i) => {
              expect(each).toBeLessThanOrEqual(rates[i - 1] ?? Number.POSITIVE_INFINITY);
            });
          },
        ),
      );
    },
  );

  test.each(["exponential", "step", "cosine"] as const)(
    "of %s end at a hundredth of the first unless told where",
    (schedule) => {
      const some = { epochs: 30, learningRate: 4, schedule, lrStep: 1 };
      expect(ratesOf(settingsWith(some)).at(-1)).toBeCloseTo(0.04, 10);
    },
  );

  test("have at most 12 digits, so that the last ones of a machine's cosine do not show", () => {
    for (const rate of ratesOf(settingsWith({ epochs: 30, schedule: "cosine" }))) {
      expect(String(rate).replace(/^0\.0*|\.|e.*$/g, "").length).toBeLessThanOrEqual(12);
    }
  });

  test.each([
    { accuracies: [0.5, 0.6, 0.6], halvings: 0 },
    { accuracies: [0.5, 0.6, 0.6, 0.5], halvings: 1 },
    { accuracies: [0.5, 0.6, 0.6, 0.5, 0.6], halvings: 1 },
    { accuracies: [0.5, 0.6, 0.6, 0.5, 0.6, 0.6], halvings: 2 },
    { accuracies: [0.5, 0.6, 0.6, 0.5, 0.7, 0.6], halvings: 1 },
    { accuracies: [0.5, 0.4, 0.3, 0.4, 0.4], halvings: 2 },
  ])(
    "of plateau are halved $halvings times after validation accuracies $accuracies, patience 2",
    ({ accuracies, halvings }) => {
      const settings = settingsWith({
        schedule: "plateau",
        patience: 2,
        learningRate: 3,
        epochs: 99,
      });
      expect(learningRateAfter(reportsWith(accuracies), settings)).toBe(3 / 2 ** halvings);
    },
  );

  test("of plateau know nothing of the epochs of the warm-up", () => {
    const settings = settingsWith({ schedule: "plateau", patience: 2, warmup: 2, learningRate: 1 });
    expect(learningRateAfter(reportsWith([0.9, 0.9, 0.5, 0.5]), settings)).toBe(1);
    expect(learningRateAfter(reportsWith([0.9, 0.9, 0.5, 0.5, 0.5]), settings)).toBe(1 / 2);
  });
});

describe("a run ends", () => {
  const endingAfter = (accuracies: readonly (number | undefined)[], some: Partial<Settings>) =>
    endingOf(reportsWith(accuracies), settingsWith({ epochs: 50, ...some }));

  test.each([
    { some: { epochs: 3 }, accuracies: [0.1, 0.2], ending: undefined },
    { some: { epochs: 3 }, accuracies: [0.1, 0.2, 0.3], ending: "epochs" },
    { some: { epochs: 3 }, accuracies: [undefined, undefined, undefined], ending: "epochs" },
    { some: { targetAccuracy: 0.5 }, accuracies: [0.1, 0.499], ending: undefined },
    { some: { targetAccuracy: 0.5 }, accuracies: [0.1, 0.5], ending: "target-accuracy" },
    { some: { targetAccuracy: 0.5 }, accuracies: [0.1, 0.2, 0.5], ending: "target-accuracy" },
    { some: { targetAccuracy: 0.5, epochs: 2 }, accuracies: [0.1, 0.5], ending: "target-accuracy" },
    { some: { patience: 2 }, accuracies: [0.5, 0.4], ending: undefined },
    { some: { patience: 2 }, accuracies: [0.5, 0.4, 0.5], ending: "patience" },
    { some: { patience: 2 }, accuracies: [0.5, 0.4, 0.6, 0.5], ending: undefined },
    { some: { patience: 1, targetAccuracy: 0.9 }, accuracies: [0.5, 0.4], ending: "patience" },
    {
      some: { patience: 1, schedule: "plateau" },
      accuracies: Array(7).fill(0.5),
      ending: undefined,
    },
    {
      some: { patience: 1, schedule: "plateau" },
      accuracies: Array(8).fill(0.5),
      ending: "learning-rate",
    },
  ] as {
    some: Partial<Settings>;
    accuracies: number[];
    ending: string | undefined;
  }[])(
    "with $some after validation accuracies $accuracies: $ending",
    ({ some, accuracies, ending }) => {
      expect(endingAfter(accuracies, some)).toBe(ending);
    },
  );

  test("not before its first epoch", () => {
    expect(endingAfter([], { targetAccuracy: 0.1, patience: 1 })).toBeUndefined();
  });
});
