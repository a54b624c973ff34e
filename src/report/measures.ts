/** What was measured of a run: the last and the best epoch, and the curves of each measure. */
import type { Point } from "../charts/index.js";
import type { Epoch, ReportedRun } from "./run.js";

export type Measure = Exclude<keyof Epoch, "epoch">;

export function isMeasured(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

export function hasMeasure(runs: readonly ReportedRun[], measure: Measure): boolean {
  return runs.some(({ epochs }) => epochs.some((epoch) => isMeasured(epoch[measure])));
}

/** The epochs after which a measure was taken, with its value; none if it never was. */
export function pointsOf({ epochs }: ReportedRun, measure: Measure): Point[] {
  // A measure that is only taken every few epochs is a line, not points: the epochs between are no gaps.
  return epochs
    .filter((epoch) => isMeasured(epoch[measure]))
    .map((epoch) => ({ x: epoch.epoch, y: epoch[measure] }));
}

/** The last epoch with a test accuracy. */
export function lastTested({ epochs }: ReportedRun): Epoch | undefined {
  return epochs.findLast(({ testAccuracy }) => isMeasured(testAccuracy));
}

/** Training time of all epochs, where it is known. */
export function trainingSeconds({ epochs }: ReportedRun): number | undefined {
  const times = epochs.map(({ seconds }) => seconds).filter(isMeasured);
  return times.length === 0 ? undefined : times.reduce((sum, seconds) => sum + seconds, 0);
}
