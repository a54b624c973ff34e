/** What values each setting may have, wherever they come from: a program, flags, or a saved run. */
import type { Elastic, Strength } from "../../data/deformed/deformation.js";
import { BYTES, bytesDropped } from "../../nn/dropout-rate.js";
import { activationNames, costNames, initialisationNames } from "../../nn/names.js";
import { optimiserNames, scheduleNames } from "./choices.js";
import type { Settings } from "./settings.js";

export interface Range<T> {
  /** The rest of a sentence that begins with "should be": `a whole number from 1 on`. */
  readonly expected: string;
  readonly has: (value: unknown) => value is T;
}

function range<T>(expected: string, has: (value: never) => boolean): Range<T> {
  return { expected, has: has as Range<T>["has"] };
}

/** A whole number within bounds. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Range<number> {
  const bounds = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  return range(
    `a whole number ${bounds}`,
    (n: number) => Number.isInteger(n) && n >= least && n <= most,
  );
}

function between(least: number, most: number, expected: string): Range<number> {
  return range(expected, (x: number) => Number.isFinite(x) && x >= least && x <= most);
}

// Training computes in float32, in which what is closer to 0 would be 0, and what is larger infinite.

export const positive: Range<number> = between(1e-38, 1e38, "a number above 0 (1e-38 to 1e38)");

export const nonNegative: Range<number> = between(0, 1e38, "a number from 0 to 1e38");

/** What is below 1 in float32 too. */
const fraction: Range<number> = upTo(0.9999999);

/** A number from 0 to below a bound. */
export function below(bound: number): Range<number> {
  return range(
    `a number from 0 to below ${bound}`,
    (x: number) => Number.isFinite(x) && x >= 0 && x < bound,
  );
}

/** A number from 0 to a bound. */
export function upTo(bound: number): Range<number> {
  return between(0, bound, `a number from 0 to ${bound}`);
}

/** As accuracies are given. */
export const part: Range<number> = upTo(1);

function oneOf<Name extends string>(names: readonly Name[]): Range<Name> {
  return range(`one of ${names.join(", ")}`, (name: Name) => names.includes(name));
}

function listOf<T>(each: Range<T>, expected: string): Range<readonly T[]> {
  return range(expected, (list: T[]) => Array.isArray(list) && list.every(each.has));
}

const LARGEST_LAYER = 65_536;

/** Of the parameters of elastic deformations; far more than the side of an image is of no use. */
const LARGEST_DISPLACEMENT = 1000;

/** Of adversarial images; no two images of 28×28 pixels are further apart than 28. */
const LARGEST_LENGTH = 1000;

/** 0, or a rate that leaves something out and something in when it is rounded as it will be. */
const dropout: Range<number> = range(
  "0, or a rate that is from 1/256 to 255/256 when rounded to 256ths",
  (p: number) => below(1).has(p) && (p === 0 || (bytesDropped(p) > 0 && bytesDropped(p) < BYTES)),
);

/** A value for all images, or a range for each to draw from. */
function strength({ expected, has }: Range<number>): Range<Strength> {
  return range(`${expected}, or a range of such`, (value: Strength | null) => {
    if (typeof value !== "object" || value === null) return has(value);
    const { from, to, ...more } = value;
    return has(from) && has(to) && from <= to && Object.keys(more).length === 0;
  });
}

const sigma = strength(
  range("", (x: number) => Number.isFinite(x) && x > 0 && x <= LARGEST_DISPLACEMENT),
);
const alpha = strength(upTo(LARGEST_DISPLACEMENT));

const elastic: Range<NonNullable<Settings["elastic"]>> = range(
  `σ above 0 and α from 0 on, both up to ${LARGEST_DISPLACEMENT}, or ranges of such`,
  (value: Elastic<unknown> | null) => {
    if (typeof value !== "object" || value === null) return false;
    const { sigma: s, alpha: a, ...more } = value;
    return sigma.has(s) && alpha.has(a) && Object.keys(more).length === 0;
  },
);

export const ranges: { readonly [Name in keyof Settings]-?: Range<NonNullable<Settings[Name]>> } = {
  epochs: whole(1),
  learningRate: positive,
  schedule: oneOf(scheduleNames),
  lrEnd: positive,
  lrStep: whole(1),
  warmup: whole(0),
  patience: whole(1),
  targetAccuracy: between(Number.MIN_VALUE, 1, "a number above 0, up to 1"),
  batchSize: whole(1),
  hidden: listOf(whole(1, LARGEST_LAYER), `whole numbers from 1 to ${LARGEST_LAYER}`),
  activation: oneOf(activationNames),
  cost: oneOf(costNames),
  init: oneOf(initialisationNames),
  lambda: nonNegative,
  l1: nonNegative,
  optimizer: oneOf(optimiserNames),
  momentum: fraction,
  dropout,
  inputDropout: dropout,
  maxNorm: positive,
  labelSmoothing: fraction,
  adversarial: upTo(LARGEST_LENGTH),
  ema: fraction,
  seed: whole(0, 2 ** 32 - 1),
  trainSize: whole(1),
  validationSize: whole(0),
  elastic,
  elasticField: whole(1, LARGEST_DISPLACEMENT),
  rotation: strength(below(90)),
  shear: strength(below(90)),
  scaling: strength(below(100)),
  gentle: listOf(whole(0, 255), "a list of classes"),
};
