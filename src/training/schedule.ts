/**
 * The learning rate from epoch to epoch, and when a run ends. Both depend on the settings and on the
 * reports of the epochs before, and on nothing else, so that a resumed run continues as it would have.
 */

import type { EpochReport } from "./reports.js";
import { LR_STEP, PLATEAU, type ScheduleName } from "./settings/choices.js";
import type { Settings } from "./settings/settings.js";

type Reports = readonly EpochReport[];

/**
 * The learning rate as a factor of η, at t from 0 (the first epoch after the warm-up) to 1 (the last). `end` is
 * the factor to end at.
 */
type Decay = (t: number, end: number) => number;

/** Where schedules that end at a learning rate do so, as a part of η, unless they say. */
const LR_END = 1 / 100;

/** The schedule `plateau` ends once the learning rate is 1/128 of the first: Nielsen, chapter 3. */
const MOST_HALVINGS = 7;

/** Why a run ends. */
export type Ending =
  /** All epochs are done. */
  | "epochs"
  /** The validation accuracy has reached the target. */
  | "target-accuracy"
  /** The validation accuracy has not improved for as many epochs as the patience has. */
  | "patience"
  /** The schedule `plateau` has halved the learning rate down to 1/128. */
  | "learning-rate";

/**
 * The learning rate of the epoch after those reported on. With t from 0 in the first epoch after the
 * warm-up to 1 in the last, and η_T the learning rate to end at:
 *
 * - `constant`: η
 * - `exponential`: η (η_T/η)ᵗ
 * - `step`: the same, but t stays what it is for some epochs at a time
 * - `cosine`: η_T + (η − η_T) (1 + cos πt)/2: Loshchilov and Hutter, ICLR 2017, eq. (5)
 * - `plateau`: η/2ᵏ after k times that the validation accuracy had not improved for some epochs:
 *   Nielsen, Neural Networks and Deep Learning, chapter 3, exercise on the learning rate schedule
 *
 * It is rounded to 12 digits, as powers and cosines may differ in the last from machine to machine.
 */
export function learningRateAfter(reports: Reports, settings: Settings): number {
  const { schedule, warmup, learningRate } = settings;
  if (schedule !== "plateau" || reports.length < warmup) {
    return learningRateAt(reports.length, settings);
  }
  return rounded(learningRate / 2 ** halvings(reports, settings));
}

/** The same where it depends on nothing but the number of epochs before: always but on a plateau. */
export function learningRateAt(done: number, settings: Settings): number {
  const { learningRate, schedule, warmup } = settings;
  if (done < warmup) return rounded((learningRate * (done + 1)) / (warmup + 1));
  const end = (settings.lrEnd ?? LR_END * learningRate) / learningRate;
  const last = timesLowered(settings);
  const t = last > 0 ? Math.floor((done - warmup) / epochsAtEach(settings)) / last : 0;
  return rounded(learningRate * decays[schedule](t, end));
}

/** How many learning rates follow the full one, where they depend on the number of epochs alone. */
export function timesLowered(settings: Settings): number {
  return Math.floor((settings.epochs - settings.warmup - 1) / epochsAtEach(settings));
}

function epochsAtEach({ schedule, lrStep = LR_STEP }: Settings): number {
  return schedule === "step" ? lrStep : 1;
}

function rounded(rate: number): number {
  return Number(rate.toPrecision(12));
}

const decays: Readonly<Record<ScheduleName, Decay>> = {
  constant: () => 1,
  plateau: () => 1,
  exponential: (t, end) => end ** t,
  step: (t, end) => end ** t,
  cosine: (t, end) => end + ((1 - end) * (1 + Math.cos(Math.PI * t))) / 2,
};

/** Why the run ends with the last of these epochs; undefined if it goes on. */
export function endingOf(reports: Reports, settings: Settings): Ending | undefined {
  const { epochs, schedule, targetAccuracy = Number.POSITIVE_INFINITY, patience } = settings;
  const last = reports.at(-1)?.validationAccuracy;
  if (last !== undefined && last >= targetAccuracy) return "target-accuracy";
  if (schedule === "plateau") {
    if (halvings(reports, settings) >= MOST_HALVINGS) return "learning-rate";
  } else if (patience !== undefined && timesWithoutImprovement(reports, patience) > 0) {
    return "patience";
  }
  return reports.length >= epochs ? "epochs" : undefined;
}

function halvings(reports: Reports, { warmup, patience = PLATEAU }: Settings): number {
  return timesWithoutImprovement(reports.slice(warmup), patience);
}

/** How many times n epochs in a row have brought no better validation accuracy than any before. */
function timesWithoutImprovement(reports: Reports, n: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let since = 0;
  let times = 0;
  for (const { validationAccuracy = 0 } of reports) {
    since = validationAccuracy > best ? 0 : since + 1;
    best = Math.max(best, validationAccuracy);
    if (since === n) {
      times++;
      since = 0;
    }
  }
  return times;
}
