/** The flags that say what a training run measures of its network. */
import { type Command, InvalidArgumentError } from "commander";
import { type Measuring, USUAL_MEASURING } from "../../training/evaluation/measuring.js";
import { SettingOption } from "./option.js";
import { whole } from "./parsers.js";

export interface MeasuringFlags {
  readonly measure: readonly MeasuredWord[];
  readonly evalEvery: number;
}

const SETS = ["train", "validation", "test"] as const;
/** `all` stands for the three sets, and for all training images rather than the first 10,000. */
const WORDS = [...SETS, "all", "none"] as const;

export type MeasuredWord = (typeof WORDS)[number];

export function addMeasuringOptions(command: Command): Command {
  return command
    .addOption(
      new SettingOption(
        "--measure <sets>",
        "measure accuracy and cost on these: train (its first 10000 images), validation, test; all; none",
        "means",
      )
        .argParser(measuredWords)
        .default(SETS, SETS.join(",")),
    )
    .addOption(
      new SettingOption("--eval-every <n>", "epochs between two measurements", "means")
        .argParser(whole(1))
        .default(1),
    );
}

/** `train,test`, `all` or `none`. */
function measuredWords(word: string): readonly MeasuredWord[] {
  const words = word.split(",");
  if (isMeasured(words)) return words;
  throw new InvalidArgumentError(
    `Expected ${SETS.join(", ")} with commas between them, or all, or none.`,
  );
}

/** Whether words say what to measure: each set at most once, and `all` and `none` alone. */
export function isMeasured(words: unknown): words is readonly MeasuredWord[] {
  return (
    Array.isArray(words) &&
    words.length > 0 &&
    words.every((word) => WORDS.includes(word)) &&
    new Set(words).size === words.length &&
    (words.length === 1 || words.every((word) => SETS.includes(word)))
  );
}

/** @param keepsBest whether the run saves the epoch best on validation, and so must know it of each */
export function measuringOf({ measure, evalEvery }: MeasuringFlags, keepsBest: boolean): Measuring {
  const has = (word: MeasuredWord) => measure.includes(word) || measure.includes("all");
  const some = measure.includes("train") ? USUAL_MEASURING.train : 0;
  return {
    train: measure.includes("all") ? Number.POSITIVE_INFINITY : some,
    validation: has("validation"),
    test: has("test"),
    every: evalEvery,
    validatesAlways: keepsBest,
  };
}
