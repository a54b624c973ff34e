/** Settings that are possible each on its own, but not together, or not on the data. */

import { counted } from "../../counted.js";
import { expectObject, isPlainObject, shown } from "../../given.js";
import { type Mention, type Sentence, SettingsError, sentence } from "../errors.js";
import { optimiserTraits } from "./choices.js";
import { ranges } from "./ranges.js";
import type { Settings } from "./settings.js";
import type { Split } from "./split.js";

/** A setting that makes sense only beside certain values of another. */
export interface Dependence {
  readonly setting: keyof Settings;
  readonly on: keyof Settings;
  /** What stands between the two in a message, if they do not fit. */
  readonly relation: Sentence;
  readonly fits: (value: unknown, other: unknown) => boolean;
}

function depend<Setting extends keyof Settings, Other extends keyof Settings>(
  setting: Setting,
  on: Other,
  relation: Sentence,
  fits: (value: NonNullable<Settings[Setting]>, other: NonNullable<Settings[Other]>) => boolean,
): Dependence {
  return { setting, on, relation, fits: fits as Dependence["fits"] };
}

export const dependences: readonly Dependence[] = [
  depend(
    "momentum",
    "optimizer",
    sentence`is for ${{ setting: "optimizer", value: "sgd" }} or nesterov, not for`,
    (momentum, optimizer) => momentum === 0 || optimiserTraits[optimizer].momentum !== "none",
  ),
  depend(
    "optimizer",
    "momentum",
    sentence`needs a ${{ setting: "momentum" }} above 0, such as 0.9, not`,
    (optimizer, momentum) => momentum > 0 || optimiserTraits[optimizer].momentum !== "required",
  ),
  depend(
    "lrEnd",
    "schedule",
    sentence`is for ${{ setting: "schedule", value: "step" }}, exponential or cosine, not for`,
    (_, schedule) => schedule !== "constant" && schedule !== "plateau",
  ),
  depend("lrEnd", "learningRate", sentence`should not be above`, (end, start) => end <= start),
  depend(
    "lrStep",
    "schedule",
    sentence`is for ${{ setting: "schedule", value: "step" }}, not for`,
    (_, schedule) => schedule === "step",
  ),
  depend(
    "elasticField",
    "elastic",
    sentence`is for deformations with`,
    (_, elastic) => elastic !== undefined,
  ),
  depend(
    "dropout",
    "hidden",
    sentence`is for hidden layers, and there are none with`,
    (dropout, hidden) => dropout === 0 || hidden.length > 0,
  ),
  depend("warmup", "epochs", sentence`should be less than`, (warmup, epochs) => warmup < epochs),
];

/** What is wrong with a setting that is unknown, or has a value that it cannot have, if there is one. */
export function impossibleIn(settings: object): Sentence | undefined {
  for (const [name, value] of Object.entries(settings)) {
    if (!Object.hasOwn(ranges, name)) return sentence`${name} is no setting`;
    const setting = name as keyof Settings;
    const { has, expected } = ranges[setting];
    if (value === undefined || has(value)) continue;
    return sentence`${{ setting, value: shownSetting(value) }} should be ${expected}`;
  }
  return undefined;
}

/** A value as configuration files have it, or what it is where they can have no such value. */
function shownSetting(value: unknown): string {
  const isSimple = value === null || typeof value === "boolean";
  if (!isSimple && !Array.isArray(value) && !isPlainObject(value)) return shown(value);
  return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? shown(part) : part));
}

/** What is wrong with two settings that do not fit together, if there are such. */
export function conflictIn(settings: Settings): Sentence | undefined {
  const mention = (setting: keyof Settings): Mention => ({ setting, value: settings[setting] });
  const broken = dependences.find(
    ({ setting, on, fits }) =>
      settings[setting] !== undefined && !fits(settings[setting], settings[on]),
  );
  return broken && [mention(broken.setting), " ", ...broken.relation, " ", mention(broken.on)];
}

/** Throws a {@link SettingsError} if a setting is impossible, or two do not fit together. */
export function checkSettings(settings: Settings): void {
  expectObject("the settings", settings, "an object, as completeSettings makes it");
  const wrong = impossibleIn(settings) ?? conflictIn(settings);
  if (wrong !== undefined) throw new SettingsError(wrong);
}

/** Throws a {@link SettingsError} if settings are not possible on data that is split like this. */
export function checkOnData(settings: Settings, { trainSize, validationSize }: Split): void {
  const { learningRate, lambda, optimizer } = settings;
  const mention = (setting: keyof Settings): Mention => ({ setting, value: settings[setting] });
  if (optimiserTraits[optimizer].shrinksWeights && (learningRate * lambda) / trainSize >= 1) {
    throw new SettingsError(
      sentence`${mention("learningRate")} with ${mention("lambda")} on ${counted(trainSize, "image")} would take the whole of each weight or more away in every step: make one of them smaller`,
    );
  }
  const need = validationSize === 0 ? needOfValidation(settings) : undefined;
  if (need !== undefined) throw new SettingsError(withoutValidation(need));
}

/** The setting, if any, for which images must be kept for validation. */
export function needOfValidation({
  targetAccuracy,
  patience,
  schedule,
}: Settings): Mention | undefined {
  if (targetAccuracy !== undefined) return { setting: "targetAccuracy" };
  if (patience !== undefined) return { setting: "patience" };
  return schedule === "plateau" ? { setting: "schedule", value: schedule } : undefined;
}

/** @param what needs validation images, where none are kept */
export function withoutValidation(what: string | Mention): Sentence {
  return sentence`${what} needs validation images, of which ${{ setting: "validationSize", value: 0 }} keeps none`;
}
