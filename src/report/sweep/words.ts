/** Results of settings in words, as tables have them. */
import { percent } from "../tables.js";
import { doneIn, type Estimate, type SettingsGroup } from "./summary.js";

/** `3`, or, where runs are missing, `2 of 3` */
export function seedsText(group: SettingsGroup): string {
  const [done, all] = [doneIn(group), group.runs.length];
  return done === all ? String(all) : `${done} of ${all}`;
}

/** `97.12% ± 0.10`: the mean, and one standard deviation in percentage points. */
export function spreadText(estimate: Estimate | undefined): string {
  if (estimate === undefined) return "–";
  const { n, mean, deviation } = estimate;
  return n === 1 ? percent(mean) : `${percent(mean)} ± ${(100 * deviation).toFixed(2)}`;
}

/** `96.87–97.37%`, within what accuracies can be. */
export function intervalText({ interval }: Partial<Estimate> = {}): string {
  if (interval === undefined) return "–";
  const [low, high] = [Math.max(0, interval.low), Math.min(1, interval.high)];
  return `${(100 * low).toFixed(2)}–${percent(high)}`;
}

/** `4`, or `3–4` */
export function rangeText(epochs: SettingsGroup["epochs"]): string {
  if (epochs === undefined) return "–";
  const { min, max } = epochs;
  return min === max ? String(min) : `${min}–${max}`;
}
