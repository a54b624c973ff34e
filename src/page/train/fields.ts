/** The settings that the form has, and sentences about settings in the words of the form. */
import { activationNames, costNames, initialisationNames } from "../../nn/names.js";
import { wordOf } from "../../recipes/words.js";
import { asSentences, plainText, type Sentence } from "../../training/errors.js";
import { optimiserNames, scheduleNames } from "../../training/settings/choices.js";
import type { Settings } from "../../training/settings/settings.js";

/** A setting that the form has. */
export interface Field {
  readonly setting: keyof Settings;
  readonly label: string;
  /** The names to choose from; else it is typed. */
  readonly names?: readonly string[];
  /** What an empty text means, or how to write it. */
  readonly hint?: string;
  /** Whether it is needed by few. */
  readonly rare?: boolean;
}

export const fields: readonly Field[] = [
  { setting: "hidden", label: "Hidden layers", hint: "such as 30 or 100,50, or none" },
  { setting: "activation", label: "Activation", names: activationNames },
  { setting: "cost", label: "Cost", names: costNames },
  { setting: "optimizer", label: "Optimiser", names: optimiserNames },
  { setting: "learningRate", label: "Learning rate η" },
  { setting: "lambda", label: "Regularisation λ" },
  { setting: "batchSize", label: "Batch size" },
  { setting: "epochs", label: "Epochs" },
  { setting: "seed", label: "Seed" },
  { setting: "momentum", label: "Momentum μ", rare: true },
  { setting: "schedule", label: "Schedule of η", names: scheduleNames, rare: true },
  { setting: "lrEnd", label: "η at the end", hint: "empty: η/100", rare: true },
  { setting: "warmup", label: "Warm-up, epochs", rare: true },
  { setting: "init", label: "First weights", names: initialisationNames, rare: true },
  { setting: "dropout", label: "Dropout", rare: true },
  { setting: "inputDropout", label: "Dropout of pixels", rare: true },
  { setting: "elastic", label: "Elastic σ,α", hint: "such as 5,30; empty: none", rare: true },
  { setting: "rotation", label: "Rotation, degrees", hint: "empty: none", rare: true },
  { setting: "shear", label: "Shear, degrees", hint: "empty: none", rare: true },
  { setting: "scaling", label: "Scaling, percent", hint: "empty: none", rare: true },
  { setting: "trainSize", label: "Images to train on", hint: "empty: all others", rare: true },
  { setting: "validationSize", label: "Images for validation", hint: "empty: a sixth", rare: true },
];

/** What it says, with the settings that it mentions by their labels; what is text already stays. */
export function inLabels(words: Sentence | string): string {
  if (typeof words === "string") return words;
  const text = plainText(words, ({ setting, value }) => {
    const label = fields.find((field) => field.setting === setting)?.label ?? setting;
    return value === undefined ? label : `${label} ${wordOf(value)}`;
  });
  return asSentences(text);
}
