/** What to try where an epoch shows that the network does not learn. */
import { type Mention, type Sentence, suggestion } from "./errors.js";
import type { EpochReport } from "./reports.js";
import { optimiserTraits } from "./settings/choices.js";
import type { Settings } from "./settings/settings.js";
import type { Trainer } from "./trainer.js";

/** With fewer test images of a class, what is seen of it may be chance. */
const ENOUGH = 20;

/** In parts of the accuracy that guessing has. */
const NEAR_CHANCE = 1.8;

const MOSTLY = 0.9;

export interface Hint {
  /** What is wrong: units that are flat, an accuracy near chance, a class that is never seen. */
  readonly sign: "flat" | "chance" | "missing";
  /** The same in words, and a setting to try. */
  readonly words: Sentence;
}

/**
 * What is wrong after an epoch, if it was tested; usually undefined.
 *
 * @param names what the classes are called, if they are not digits
 */
export function hintAfter(
  { epoch, testAccuracy }: EpochReport,
  trainer: Trainer,
  names?: readonly string[],
): Hint | undefined {
  const { settings, layers, testSize } = trainer;
  const classes = layers.at(-1) as number;
  if (testAccuracy === undefined || testSize < ENOUGH * classes) return undefined;
  if (testAccuracy * classes < NEAR_CHANCE) {
    const guesses = `after epoch ${epoch} the network does little more than guess`;
    const flat = trainer.flatPart();
    if (flat <= MOSTLY) return { sign: "chance", words: [`${guesses}: try `, otherRate(settings)] };
    const why = `${Math.round(100 * flat)}% of its hidden activations are flat, where they hardly learn`;
    return { sign: "flat", words: [`${guesses}, and ${why}: try `, ...gentler(settings)] };
  }
  const missing = trainer.neverPredicted(ENOUGH).map((k) => names?.[k] ?? digit(k));
  if (missing.length === 0) return undefined;
  const seen = `after epoch ${epoch} no test image is taken for ${missing.join(" or ")}`;
  return { sign: "missing", words: [`${seen}; if that stays so, try `, ...gentler(settings)] };
}

function digit(k: number): string {
  return `${k === 8 ? "an" : "a"} ${k}`;
}

/** What most likely brings units back from where they are flat. */
function gentler(settings: Settings): Sentence {
  const { init, cost, learningRate } = settings;
  if (init === "large") return [{ setting: "init", value: "default" }];
  if (cost === "quadratic") {
    return [{ setting: "cost", value: "cross-entropy" }, " and ", rate(0.5)];
  }
  return [rate(Math.min(learningRate / 5, usualRate(settings)))];
}

function otherRate(settings: Settings): Mention {
  const usual = usualRate(settings);
  return rate(settings.learningRate === usual ? usual / 10 : usual);
}

function rate(value: number): Mention {
  return suggestion("learningRate", value);
}

function usualRate({ optimizer }: Settings): number {
  return optimiserTraits[optimizer].usualLearningRate;
}
