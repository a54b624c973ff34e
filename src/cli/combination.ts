/** Settings that are possible each on its own, but not together. */

import { usualLearningRates } from "../training/choices.js";
import { type Settings, SettingsError, type Split } from "../training/index.js";
import type { SettingsFlags } from "./settings-options.js";

/**
 * The settings that the flags say. Throws a {@link SettingsError} if flags that are possible on their
 * own are not together.
 */
export function settingsOf(flags: SettingsFlags): Settings {
  const { optimizer, momentum, schedule, warmup, epochs, lrEnd, lrStep } = flags;
  const refuse = (message: string) => {
    throw new SettingsError(message);
  };
  if (optimizer === "adam" && momentum > 0) {
    refuse("--momentum is for --optimizer sgd or nesterov: adam has momentum of its own");
  }
  if (optimizer === "nesterov" && momentum === 0) {
    refuse("--optimizer nesterov needs a --momentum above 0, such as 0.9");
  }
  if (lrEnd !== undefined && (schedule === "constant" || schedule === "plateau")) {
    refuse(`--lr-end is for --schedule step, exponential or cosine, not for ${schedule}`);
  }
  if (lrStep !== undefined && schedule !== "step") {
    refuse(`--lr-step is for --schedule step, not for ${schedule}`);
  }
  if (warmup >= epochs) {
    refuse(`--warmup ${warmup} should be less than the ${epochs} epochs of the run`);
  }
  return { ...flags, learningRate: flags.learningRate ?? usualLearningRates[optimizer] };
}

/** Throws a {@link SettingsError} if settings do not fit together on data split like this. */
export function checkCombination(settings: Settings, { trainSize, validationSize }: Split): void {
  const { learningRate, lambda, optimizer, targetAccuracy, patience, schedule } = settings;
  const decay = (learningRate * lambda) / trainSize;
  if (optimizer !== "adam" && decay >= 1) {
    throw new SettingsError(
      `--learning-rate ${learningRate} with --lambda ${lambda} on ${trainSize} images would take more than the whole of each weight away in every step: make one of them smaller`,
    );
  }
  const validating = [
    ["--target-accuracy", targetAccuracy !== undefined],
    ["--patience", patience !== undefined],
    ["--schedule plateau", schedule === "plateau"],
  ] as const;
  for (const [flag, isGiven] of validating) {
    if (!isGiven || validationSize > 0) continue;
    throw new SettingsError(
      `${flag} needs validation images, of which --validation-size 0 keeps none`,
    );
  }
}
