/** Settings that are possible each on its own, but not together. */

import { usualLearningRates } from "../../training/choices.js";
import { type Settings, SettingsError, type Split } from "../../training/index.js";
import type { SettingsFlags } from "../options/settings.js";
import { dependences } from "./dependences.js";
import { type Given, NOTHING } from "./given.js";

/**
 * The settings that the flags say. Throws a {@link SettingsError} if flags that are possible on their
 * own are not together.
 */
export function settingsOf(flags: SettingsFlags, given: Given = NOTHING): Settings {
  const { optimizer, learningRate = usualLearningRates[optimizer] } = flags;
  const settings: Settings = { ...flags, learningRate };
  const said = (name: keyof Settings) =>
    `${given.flag(name)} ${settings[name]}${given.whence(name)}`;
  for (const { setting, on, relation, fits } of dependences) {
    if (settings[setting] === undefined || fits(settings[setting], settings[on])) continue;
    throw new SettingsError(`${said(setting)} ${relation} ${said(on)}`);
  }
  return settings;
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
