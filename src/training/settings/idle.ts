/** Settings that change nothing beside others. A run may have such: not each needs all that a recipe has. */
import { type Sentence, sentence } from "../errors.js";
import { timesLowered } from "../schedule.js";
import { LR_STEP } from "./choices.js";
import type { Settings } from "./settings.js";

/** Whether a setting has no effect beside the others, whatever its value. */
export function isIdle(setting: keyof Settings, settings: Settings): boolean {
  if (setting === "activation") return settings.hidden.length === 0;
  return setting === "lrEnd" && timesLowered(settings) <= 0;
}

/** What makes a setting idle that is so. */
export function whyIdle(setting: keyof Settings, settings: Settings): Sentence {
  const { hidden, schedule, lrStep = LR_STEP, warmup, epochs } = settings;
  if (setting === "activation") {
    return sentence`with ${{ setting: "hidden", value: hidden }}, there are no hidden layers`;
  }
  return [
    "with ",
    ...(schedule === "step" ? sentence`${{ setting: "lrStep", value: lrStep }} and ` : []),
    ...(warmup > 0 ? sentence`${{ setting: "warmup", value: warmup }} and ` : []),
    ...sentence`${{ setting: "epochs", value: epochs }}, the learning rate never falls`,
  ];
}
