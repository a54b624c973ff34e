import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SettingsError } from "../../../src/training/index.js";
import { split } from "../../../src/training/settings/split.js";
import { settingsWith } from "../../support/training.js";

describe("split", () => {
  test.each([
    { some: { validationSize: 10 }, count: 60, expected: [50, 10], why: "all that is left" },
    { some: { validationSize: 0 }, count: 60, expected: [60, 0], why: "no validation" },
    { some: { validationSize: 10, trainSize: 20 }, count: 60, expected: [20, 10], why: "a gap" },
    { some: { validationSize: 10, trainSize: 50 }, count: 60, expected: [50, 10], why: "no gap" },
    { some: { validationSize: 55 }, count: 60, expected: [5, 55], why: "one batch" },
  ])("$some of $count images trains on and validates with $expected ($why)", (example) => {
    const { trainSize, validationSize } = split(settingsWith(example.some), example.count);
    expect([trainSize, validationSize]).toEqual(example.expected);
  });

  test.each([
    { count: 60_000, expected: [50_000, 10_000] },
    { count: 65, expected: [55, 10] },
  ])("validates with a sixth of $count images unless told otherwise", ({ count, expected }) => {
    const { validationSize, ...settings } = settingsWith();
    expect(Object.values(split(settings, count))).toEqual(expected);
  });

  test.each([
    {
      some: { validationSize: 60 },
      says: ["validationSize 60", "less than 60, the number of training images"],
    },
    {
      some: { validationSize: 61 },
      says: ["validationSize 61", "less than 60, the number of training images"],
    },
    {
      some: { validationSize: 10, trainSize: 51 },
      says: ["trainSize 51", "validationSize 10", "61", "60", "choose trainSize 50 or less"],
    },
    {
      some: { validationSize: 60, trainSize: 60 },
      says: [/the data has 60: choose a smaller validationSize$/],
    },
    {
      some: { validationSize: 10, trainSize: 60 },
      says: [/choose trainSize 50 or less, or a smaller validationSize$/],
    },
    { some: { validationSize: 10, trainSize: 61 }, says: [/choose trainSize 50 or less$/] },
    { some: { validationSize: 60, trainSize: 61 }, says: [/choose smaller ones$/] },
    { some: { trainSize: 61 }, says: ["trainSize 61", "60"] },
    { some: { trainSize: 4 }, says: ["batchSize 5", "at most 4"] },
    { some: { batchSize: 61 }, says: ["batchSize 61", "at most 60"] },
  ])("refuses $some of 60 images, and says $says", ({ some, says }) => {
    const refused = () => split(settingsWith(some), 60);
    expect(refused).toThrow(SettingsError);
    for (const words of says) expect(refused).toThrow(words);
  });

  test("never lets the two parts overlap, be larger than the file, or smaller than a batch", () => {
    const sizes = fc.record(
      {
        trainSize: fc.integer({ min: 1, max: 100 }),
        validationSize: fc.nat(100),
        batchSize: fc.integer({ min: 1, max: 20 }),
      },
      { requiredKeys: ["validationSize", "batchSize"] },
    );
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 100 }), (some, count) => {
        const { batchSize, validationSize, trainSize = count - validationSize } = some;
        const fits = trainSize + validationSize <= count && trainSize >= batchSize;
        const attempt = () => split(settingsWith(some), count);
        if (fits) expect(attempt()).toEqual({ trainSize, validationSize });
        else expect(attempt).toThrow(SettingsError);
      }),
    );
  });
});
