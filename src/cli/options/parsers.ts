/** Values of flags: each parser takes the word from the command line, and says what it expects. */
import { InvalidArgumentError } from "commander";
import type { Strength } from "../../data/deformed/deformation.js";
import * as ranges from "../../training/settings/ranges.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A finite number, or NaN for any other word. */
function toNumber(word: string): number {
  return NUMBER.test(word) ? Number(word) : Number.NaN;
}

/**
 * A parser of values within a range.
 *
 * @param read makes of a word what may be such a value
 * @param notation how such a value is written, for messages
 */
export function parserOf<T>(
  { has, expected }: ranges.Range<T>,
  read: (word: string) => unknown = toNumber,
  notation = "",
): (word: string) => T {
  return (word) => {
    const value = read(word);
    if (has(value)) return value;
    throw new InvalidArgumentError(`Expected ${expected}${notation}.`);
  };
}

/** A whole number within bounds. */
export function whole(least: number, most?: number): (word: string) => number {
  return parserOf(ranges.whole(least, most));
}

/** A finite number above 0. */
export const positive = parserOf(ranges.positive);

/** A seed. */
export const seed = parserOf(ranges.ranges.seed);

/** In a list; more would hardly be meant. */
const MOST_IN_LIST = 1_000_000;

/** Different whole numbers, or ranges of them: `1,3,7`, `1-5`, `0-3,8`. */
export function wholes(least: number, most: number): (word: string) => readonly number[] {
  const each = ranges.whole(least, most);
  return (word) => {
    const numbers = new Set<number>();
    let length = 0;
    for (const part of word.split(",")) {
      const [first, last] = ends(part, each);
      length += last - first + 1;
      if (length > MOST_IN_LIST) {
        throw new InvalidArgumentError(`Expected at most ${MOST_IN_LIST} numbers.`);
      }
      for (let number = first; number <= last; number++) numbers.add(number);
    }
    if (numbers.size === length) return [...numbers];
    throw new InvalidArgumentError("Expected no number twice.");
  };
}

/** `5` is a range from 5 to 5. */
function ends(
  part: string,
  { has, expected }: ranges.Range<number>,
): [first: number, last: number] {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
  if (from === undefined) {
    throw new InvalidArgumentError(
      "Expected whole numbers with commas between them, or ranges, such as 1,3,7 or 1-5.",
    );
  }
  const [first, last] = [Number(from), Number(to)];
  if (!has(first) || !has(last)) {
    throw new InvalidArgumentError(`Expected each number to be ${expected}.`);
  }
  if (first <= last) return [first, last];
  throw new InvalidArgumentError(
    `The range ${first}-${last} runs backwards: say ${last}-${first}.`,
  );
}

/** The seeds of several runs: `1,3,7` or `1-5`. */
export const seeds = wholes(0, 2 ** 32 - 1);

/** The sizes of hidden layers: `30`, `512,512`, or `none`. */
export const layerSizes = parserOf(
  ranges.ranges.hidden,
  (word) => (word === "none" ? [] : word.split(",").map(toNumber)),
  " with commas between them, such as 30 or 512,512, or none",
);

/** A number, or a range: `15`, `10-15`. The sign of an exponent is no dash. */
function toStrength(word: string): Strength {
  const [, from, to] = word.match(/^(.*[^e])-(.*)$/i) ?? [];
  if (from === undefined || to === undefined) return toNumber(word);
  return { from: toNumber(from), to: toNumber(to) };
}

/** A strength of deformations: `15`, or `10-15`. */
export function strength(range: ranges.Range<Strength>): (word: string) => Strength {
  return parserOf(range, toStrength, ", such as 15 or 10-15");
}

/** The two parameters of elastic deformations: `6,36`, or `5-6,36-38`. */
export const sigmaAndAlpha = parserOf(
  ranges.ranges.elastic,
  (word) => {
    const [sigma, alpha, ...more] = word.split(",").map(toStrength);
    return more.length === 0 ? { sigma, alpha } : undefined;
  },
  ", with a comma between them, such as 6,36 or 5-6,36-38",
);

/** How much of a run may pass between two saves of it. */
export type Interval = { readonly epochs: number } | { readonly seconds: number };

const SECONDS_IN = { s: 1, m: 60, h: 3600 } as const;

/** A number of epochs, or a time: `5`, `90s`, `5m`, `1h`. */
export function interval(word: string): Interval {
  const unit = word.at(-1) as keyof typeof SECONDS_IN;
  if (Object.hasOwn(SECONDS_IN, unit)) {
    const seconds = toNumber(word.slice(0, -1)) * SECONDS_IN[unit];
    if (seconds > 0 && Number.isFinite(seconds)) return { seconds };
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

/** The name of a file or a folder. */
export function path(word: string): string {
  if (word !== "" && !word.includes("\0")) return word;
  throw new InvalidArgumentError("Expected the name of a file or a folder.");
}

/** One more of several such names: commander hands on those before it. */
export function paths(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, path(word)];
}
