/** What the runs of a sweep have come to, by their settings: what a report on it is told. */

/** Of the results of runs that differ in their seeds alone. */
export interface Estimate {
  readonly n: number;
  readonly mean: number;
  /** With the divisor n − 1; NaN for one run. */
  readonly deviation: number;
  /** Where the mean of all seeds is with a probability of 95%, by Student's t; absent for one run. */
  readonly interval?: { readonly low: number; readonly high: number } | undefined;
}

/** The runs of the same settings. Accuracies are parts of 1. */
export interface SettingsGroup {
  /** As `hidden=100,50 lr=0.3`. */
  readonly label: string;
  /** Those that vary within the sweep, without the seed, in the order of {@link SweepSummary.varying}. */
  readonly settings: readonly unknown[];
  /** All that belong to the sweep, done or not. */
  readonly runs: readonly GroupedRun[];
  readonly validation: Estimate | undefined;
  readonly test: Estimate | undefined;
  /** Of the runs that are done. */
  readonly epochs: { readonly min: number; readonly max: number } | undefined;
  /** Mean training time of a run. */
  readonly seconds: number | undefined;
}

export interface GroupedRun {
  readonly index: number;
  readonly seed: number;
  readonly state: "done" | "failed" | "running" | "stopped" | "left";
  readonly result?: RunResult | undefined;
}

/** Of a run that is done. */
export interface RunResult {
  readonly reason: string;
  /** How many it has trained. */
  readonly epochs: number;
  readonly validation: number | undefined;
  readonly test: number | undefined;
  readonly seconds: number;
  readonly weightsSha256: string;
}

export interface SweepSummary {
  readonly name: string;
  readonly dataset: { readonly name: string; readonly sha256: string };
  /** At which epoch accuracies are taken: the last, or the one best on validation, whose network is kept. */
  readonly at: "last" | "best";
  /** How many runs are in each state. */
  readonly counts: Readonly<Record<"done" | "running" | "failed" | "stopped" | "left", number>>;
  /** How many runs have ended before their last epoch, by the reason. */
  readonly early: ReadonlyMap<string, number>;
  readonly failures: readonly {
    readonly index: number;
    readonly label: string;
    readonly message: string;
  }[];
  /** The names of the settings that vary, without the seed. */
  readonly varying: readonly string[];
  /** Those that are the same in all runs, in words. */
  readonly common: Readonly<Record<string, string>>;
  /** The best on validation first; those without a result last. */
  readonly groups: readonly SettingsGroup[];
  /** The best on validation of those whose runs are all done, or, if there are none, of all. */
  readonly chosen: SettingsGroup | undefined;
  /** Whether test accuracies are shown of all settings, not only of those that are chosen. */
  readonly showsTest: boolean;
}

/** Of a group that is chosen, or of any where that was asked for. */
export function shownTest(
  { chosen, showsTest }: SweepSummary,
  group: SettingsGroup,
): Estimate | undefined {
  return showsTest || group === chosen ? group.test : undefined;
}

/** How many of the runs of a group are done. */
export function doneIn({ runs }: SettingsGroup): number {
  return runs.filter(({ state }) => state === "done").length;
}
