/** What runs have in common, in what they differ, and what that did to their results. */
import { differingSettings, groupsOf } from "../../report/groups.js";
import { lastTested, trainingSeconds } from "../../report/measures.js";
import type { ReportedRun } from "../../report/run.js";
import { bestValidated } from "../../training/reports.js";
import { differenceOfMeans, type Interval, type Spread, spreadOf } from "../runs/spread.js";

export interface Comparison {
  readonly dataset: string;
  /** The names of the settings that differ among the rows, without the seed. */
  readonly differing: readonly string[];
  readonly rows: readonly Row[];
}

/** Runs that differ in their seeds alone. Accuracies are parts of 1. */
export interface Row {
  readonly name: string;
  readonly runs: readonly ReportedRun[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** The last epoch of the longest run. */
  readonly epochs: number;
  /** Test accuracy at the last epoch; undefined where none was measured. */
  readonly last: Spread | undefined;
  /** Test accuracy at the epochs best on validation. */
  readonly best: Spread | undefined;
  /** Mean time of training. */
  readonly seconds: number | undefined;
  /** Of `last` from that of the first row. */
  readonly difference: Interval | undefined;
}

export function comparisonOf(runs: readonly ReportedRun[]): Comparison {
  const differing = differingSettings(runs).filter((name) => name !== "seed");
  const rows: Row[] = [];
  for (const { name, runs: same } of groupsOf(runs)) {
    const last = spreadIfAny(same.map((run) => lastTested(run)?.testAccuracy));
    const first = rows[0]?.last;
    rows.push({
      name,
      runs: same,
      settings: Object.fromEntries(differing.map((key) => [key, same[0]!.settings[key]])),
      epochs: Math.max(...same.map(({ epochs }) => epochs.at(-1)?.epoch ?? 0)),
      last,
      best: spreadIfAny(same.map((run) => bestValidated(run.epochs)?.testAccuracy)),
      seconds: spreadIfAny(same.map(trainingSeconds))?.mean,
      difference: first && last && differenceOfMeans(last, first),
    });
  }
  return { dataset: runs[0]!.dataset.name, differing, rows };
}

function spreadIfAny(sample: readonly (number | undefined)[]): Spread | undefined {
  const known = sample.filter((x): x is number => x !== undefined && Number.isFinite(x));
  return known.length === 0 ? undefined : spreadOf(known);
}
