import { describe, expect, test } from "vitest";
import type { Settings } from "../../../src/training/index.js";
import { ranges } from "../../../src/training/settings/ranges.js";

const wholeFrom = (least: number) => ({
  has: [least, least + 1, 1000],
  hasNot: [least - 1, least + 0.5, Number.POSITIVE_INFINITY],
});
const positive = { has: [1e-38, 1, 1e38], hasNot: [0, -1, 1e-39, 1e39, Number.POSITIVE_INFINITY] };
const below = (bound: number) => ({ has: [0, bound - 1e-9], hasNot: [-1e-9, bound] });
/** The same, or a range. */
const strengthBelow = (bound: number) => ({
  has: [...below(bound).has, { from: 0, to: bound - 1e-9 }, { from: 3, to: 3 }],
  hasNot: [
    ...[
      ...below(bound).hasNot,
      {},
      [1, 2],
      { from: 1 },
      { from: 2, to: 1 },
      { from: 0, to: bound },
    ],
    ...[
      { from: "1", to: 2 },
      { from: 1, to: 2, most: 3 },
    ],
  ],
});
const nonNegative = { has: [0, 1e-300, 1e38], hasNot: [-1e-9, 1e39, Number.POSITIVE_INFINITY] };
/** What rounds to 1 in float32 is as good as 1. */
const fraction = { has: [0, 0.9999999], hasNot: [-1e-9, 0.99999999, 1] };
/** Rounded to 256ths, these leave something out and something in. */
const dropout = {
  has: [0, 1 / 511, 0.5, 254 / 255, 255 / 256],
  hasNot: [-0.5, 1 / 513, 511.5 / 512, 1, 1.5, 2],
};

/** Numbers and lists at the bounds of each setting. */
const bounds: Partial<Record<keyof Settings, { has: unknown[]; hasNot: unknown[] }>> = {
  epochs: wholeFrom(1),
  learningRate: positive,
  lrEnd: positive,
  lrStep: wholeFrom(1),
  warmup: wholeFrom(0),
  patience: wholeFrom(1),
  targetAccuracy: { has: [1e-9, 0.5, 1], hasNot: [0, 1 + 1e-9, -1] },
  batchSize: wholeFrom(1),
  hidden: { has: [[], [1], [30, 65_536]], hasNot: [[0], [65_537], [3, 0.5], 30, [[30]]] },
  lambda: nonNegative,
  l1: nonNegative,
  momentum: fraction,
  dropout,
  inputDropout: dropout,
  maxNorm: positive,
  labelSmoothing: fraction,
  adversarial: { has: [0, 1e-9, 1000], hasNot: [-1e-9, 1001, Number.NaN] },
  ema: fraction,
  seed: { has: [0, 2 ** 32 - 1], hasNot: [-1, 2 ** 32, 0.5] },
  trainSize: wholeFrom(1),
  validationSize: wholeFrom(0),
  elastic: {
    has: [
      { sigma: 1e-9, alpha: 0 },
      { sigma: 1000, alpha: 1000 },
      { sigma: { from: 5, to: 6 }, alpha: { from: 0, to: 0 } },
    ],
    hasNot: [
      { sigma: 0, alpha: 1 },
      { sigma: 1001, alpha: 1 },
      { sigma: { from: 0, to: 1 }, alpha: 1 },
      { sigma: { from: 2, to: 1 }, alpha: 1 },
      { sigma: { from: 1 }, alpha: 1 },
      { sigma: 1, alpha: { from: 0, to: 1001 } },
      { sigma: 1, alpha: -1e-9 },
      { sigma: 1, alpha: 1001 },
      { sigma: 1 },
      { alpha: 1 },
      { sigma: 1, alpha: 1, beta: 1 },
      { sigma: "1", alpha: 1 },
      { sigma: 1, alpha: "1" },
      3,
    ],
  },
  elasticField: { has: [1, 29, 1000], hasNot: [0, 1001, 28.5, -1, { from: 1, to: 2 }] },
  rotation: strengthBelow(90),
  shear: strengthBelow(90),
  scaling: strengthBelow(100),
  gentle: { has: [[], [0, 255]], hasNot: [[-1], [256], 3] },
};

describe.each(Object.entries(bounds))("%s", (name, { has, hasNot }) => {
  const range = ranges[name as keyof Settings];

  test.each(has.map((value) => ({ value })))("may be $value", ({ value }) => {
    expect(range.has(value)).toBe(true);
  });

  test.each([...hasNot, Number.NaN, "", "x", null, undefined].map((value) => ({ value })))(
    "may not be $value",
    ({ value }) => {
      expect(range.has(value)).toBe(false);
    },
  );
});

test.each(["schedule", "activation", "cost", "init", "optimizer"] as const)(
  "%s is one of the names that its range lists",
  (name) => {
    const { expected, has } = ranges[name];
    const names = expected.replace("one of ", "").split(", ");
    expect(names.length).toBeGreaterThan(1);
    for (const each of names) expect(has(each)).toBe(true);
    for (const each of ["", "valueOf", names.join(), 0, null]) expect(has(each)).toBe(false);
  },
);
