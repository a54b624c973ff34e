/** Settings that mean something only beside certain values of others. */
import type { Settings } from "../../training/index.js";

/** A setting, and another on whose value it depends whether it means something. */
export interface Dependence {
  readonly setting: keyof Settings;
  readonly on: keyof Settings;
  /** What stands between the two, if they do not fit, in a message. */
  readonly relation: string;
  readonly fits: (value: unknown, other: unknown) => boolean;
}

function depend<Setting extends keyof Settings, Other extends keyof Settings>(
  setting: Setting,
  on: Other,
  relation: string,
  fits: (value: NonNullable<Settings[Setting]>, other: NonNullable<Settings[Other]>) => boolean,
): Dependence {
  return { setting, on, relation, fits: fits as Dependence["fits"] };
}

export const dependences: readonly Dependence[] = [
  depend(
    "momentum",
    "optimizer",
    "is for --optimizer sgd or nesterov, not for",
    (momentum, optimizer) => momentum === 0 || optimizer !== "adam",
  ),
  depend(
    "optimizer",
    "momentum",
    "needs a --momentum above 0, such as 0.9, not",
    (optimizer, momentum) => optimizer !== "nesterov" || momentum > 0,
  ),
  depend(
    "lrEnd",
    "schedule",
    "is for --schedule step, exponential or cosine, not for",
    (_, schedule) => schedule !== "constant" && schedule !== "plateau",
  ),
  depend("lrEnd", "learningRate", "should not be above", (end, start) => end <= start),
  depend(
    "lrStep",
    "schedule",
    "is for --schedule step, not for",
    (_, schedule) => schedule === "step",
  ),
  depend("warmup", "epochs", "should be less than", (warmup, epochs) => warmup < epochs),
];
