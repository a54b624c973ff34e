/** What can be wrong with the settings of a run, with the run itself, or with the machine that it is too large for. */
import type { Settings } from "./settings/settings.js";

/** A setting and its value within a sentence, which each caller may name in its own way. */
export interface Mention {
  readonly setting: keyof Settings;
  /** Left out where the sentence is of the setting alone. */
  readonly value?: unknown;
}

/** A setting with a number to try, which is rounded to one digit. */
export function suggestion(setting: keyof Settings, value: number): Mention {
  return { setting, value: Number(value.toPrecision(1)) };
}

/** A sentence that mentions settings. */
export type Sentence = readonly (string | Mention)[];

/** A sentence as a template: sentence`${{ setting: "lrStep", value: 3 }} is for the schedule step`. */
export function sentence(
  texts: TemplateStringsArray,
  ...between: readonly (string | number | Mention)[]
): Sentence {
  return texts.flatMap((text, k) => {
    const next = between[k];
    return next === undefined ? [text] : [text, typeof next === "number" ? String(next) : next];
  });
}

/** The sentence with every setting by its name: `lrStep 3 is for the schedule step`. */
export function plainText(words: Sentence, say = plainMention): string {
  return words.map((part) => (typeof part === "string" ? part : say(part))).join("");
}

function plainMention({ setting, value }: Mention): string {
  if (value === undefined) return setting;
  return `${setting} ${typeof value === "object" ? JSON.stringify(value) : value}`;
}

/** Lines without a capital and a full stop as sentences: `training diverged: …` → `Training diverged: ….` */
export function asSentences(lines: string): string {
  return withStops(lines.replace(/^[a-z]/gm, (first) => first.toUpperCase()));
}

/** The same where a line may begin with the name of a file, which keeps its letters. */
export function withStops(lines: string): string {
  return lines
    .split("\n")
    .map((line) => (/[.!?]$/.test(line) ? line : `${line}.`))
    .join(" ");
}

/** The settings of a run do not fit together, or do not fit the data. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(
    /** The message, in which settings can be told from words. */
    readonly sentence: Sentence,
  ) {
    super(plainText(sentence));
  }
}

/** Training has come to numbers that are not finite; the message says what to try. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";

  /** @param epoch and the step in it, both from 1, whose result was the first such */
  constructor(
    readonly epoch: number,
    readonly step: number,
    /** The message in two lines, in which settings can be told from words. */
    readonly sentence: Sentence,
  ) {
    super(plainText(sentence));
  }
}

/** Whether an array could not be made, as there is not enough memory for it. Every browser has other words for this. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /memory|allocation|typed array length/i.test(error.message);
}
