/** Values of flags: each parser takes the word from the command line, and says what it expects. */
import { InvalidArgumentError } from "commander";
import { BYTES, bytesDropped } from "../../nn/rates.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A whole number within bounds. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  return (word: string): number => {
    const value = toNumber(word);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number ${range}.`);
  };
}

/** A finite number above 0. */
export function positive(word: string): number {
  const value = toNumber(word);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("Expected a number above 0.");
}

/** A finite number, 0 or above. */
export function nonNegative(word: string): number {
  const value = toNumber(word);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError("Expected a number from 0 on.");
}

/** A number from 0 to below a bound. */
export function below(bound: number) {
  return (word: string): number => {
    const value = toNumber(word);
    if (value >= 0 && value < bound) return value;
    throw new InvalidArgumentError(`Expected a number from 0 to below ${bound}.`);
  };
}

/** A number from 0 to below 1. */
export const partOfOne = below(1);

/** A rate of dropout: 0, or from 1/256 to 255/256 when rounded to 256ths, as it will be. */
export function dropoutRate(word: string): number {
  const value = partOfOne(word);
  const dropped = bytesDropped(value);
  if (value === 0 || (dropped > 0 && dropped < BYTES)) return value;
  throw new InvalidArgumentError(
    "Expected 0, or a rate that is from 1/256 to 255/256 when rounded to 256ths.",
  );
}

/** Of the parameters of elastic deformations; far more than the side of an image is of no use. */
const LARGEST = 1000;

/** The two parameters of elastic deformations: `6,36`. */
export function sigmaAndAlpha(word: string): { sigma: number; alpha: number } {
  const [sigma = 0, alpha = -1, ...more] = word.split(",").map(toNumber);
  const isPossible = sigma > 0 && sigma <= LARGEST && alpha >= 0 && alpha <= LARGEST;
  if (isPossible && more.length === 0) return { sigma, alpha };
  throw new InvalidArgumentError(
    `Expected σ above 0 and α from 0 on, both up to ${LARGEST}, with a comma between them, such as 6,36.`,
  );
}

/** A part of 1, above 0. */
export function accuracy(word: string): number {
  const value = toNumber(word);
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError("Expected a number above 0, up to 1, such as 0.98.");
}

/** How much of a run may pass between two saves of it. */
export type Interval = { readonly epochs: number } | { readonly seconds: number };

const SECONDS_IN = { s: 1, m: 60, h: 3600 } as const;

/** A number of epochs, or a time: `5`, `90s`, `5m`, `1h`. */
export function interval(word: string): Interval {
  const unit = word.at(-1) as keyof typeof SECONDS_IN;
  if (Object.hasOwn(SECONDS_IN, unit)) {
    const seconds = toNumber(word.slice(0, -1)) * SECONDS_IN[unit];
    if (seconds > 0) return { seconds };
  }
  const epochs = toNumber(word);
  if (Number.isInteger(epochs) && epochs >= 1) return { epochs };
  throw new InvalidArgumentError(
    "Expected a whole number of epochs from 1 on, or a time such as 90s, 5m or 1h.",
  );
}

/** A number of threads, or `auto`. */
export function threads(word: string): number | "auto" {
  const value = toNumber(word);
  if (word === "auto") return word;
  if (Number.isInteger(value) && value >= 1 && value <= MOST_THREADS) return value;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_THREADS}, or auto.`);
}

const MOST_THREADS = 64;

const LARGEST_LAYER = 65_536;

/** The sizes of hidden layers: `30`, `512,512`, or `none`. */
export function layerSizes(word: string): number[] {
  if (word === "none") return [];
  const sizes = word.split(",").map(toNumber);
  if (sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= LARGEST_LAYER)) {
    return sizes;
  }
  throw new InvalidArgumentError(
    `Expected whole numbers from 1 to ${LARGEST_LAYER} with commas between them, such as 30 or 512,512, or none.`,
  );
}

/** The name of a file or a folder. */
export function path(word: string): string {
  if (word !== "" && !word.includes("\0")) return word;
  throw new InvalidArgumentError("Expected the name of a file or a folder.");
}

function toNumber(word: string): number {
  return NUMBER.test(word) ? Number(word) : Number.NaN;
}
