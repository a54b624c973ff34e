/** A worker that trains runs of recipes, in whichever process, each to its end. */
import { BEGINNING, type Progress } from "../../training/reports.js";
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import { type Given, NOTHING } from "../configuration/given.js";
import { type Identified, loadIdentified } from "../dataset/identified.js";
import { UsageError } from "../errors/kinds.js";
import type { Open } from "../pool/worker.js";
import type { TrainFlags } from "../train/options.js";
import { type Part, partReporter } from "../train/reporting/part-reporter.js";
import { type Reporter, together } from "../train/reporting/reporter.js";
import { trainUntil } from "../train/run.js";
import { isEmpty, runIdentity, sameRunIn } from "../train/same-run.js";
import type { Run } from "./entry.js";

/** What a run turns out to be. */
export type Results = Pick<Run, "validation" | "test" | "seconds" | "weightsSha256">;

export interface Setup {
  readonly flags: TrainFlags;
  /** All that is to be done, by whichever worker. */
  readonly tasks: readonly Task[];
}

export interface Task {
  readonly settings: Partial<Settings>;
  /** The file to save the run to, and to go on from if it was interrupted. */
  readonly file?: string;
}

/** Its results, or how many epochs of it were finished when it was stopped. */
export type Outcome = { readonly results: Results } | { readonly stoppedAfter: number };

/** What a run is measured on, and when, whatever its file says. */
const MEASURING: Given = { ...NOTHING, has: (name) => name === "measure" || name === "evalEvery" };

/** Looks at all files before the first run: what is wrong with the last should not be found hours later. */
export const open: Open<Setup, Task, Part, Outcome> = async ({ flags, tasks }, signal) => {
  const data = await loadIdentified(flags, signal);
  for (const task of tasks) await begun(task, flags, data);
  return async (task, tell) => {
    const before = await begun(task, flags, data);
    const { file } = task;
    const saving = file !== undefined && { [before ? "resume" : "save"]: file };
    const settings = completeSettings(task.settings);
    const run = { settings, flags: { ...flags, ...saving }, given: MEASURING };
    const { reporter, outcome } = collector(before);
    await trainUntil(signal, run, together([reporter, partReporter(tell)]), data);
    return outcome();
  };
};

/**
 * How far a run has come in its file, if it has been begun. Throws a UsageError if that holds another one, or
 * one that was not measured after each of its epochs.
 */
async function begun(
  { file, settings }: Task,
  flags: TrainFlags,
  data: Identified,
): Promise<Progress | undefined> {
  if (file === undefined || isEmpty(file)) return undefined;
  const run = runIdentity(settings, flags, data);
  const refuse = (what: string) =>
    new UsageError(`${file} holds ${what}: name another folder, or move the file`);
  const before = await sameRunIn(file, run);
  if (before === undefined) throw refuse("another run");
  const validates = run.settings.validationSize !== 0;
  const isMeasured = before.reports.every(
    ({ testAccuracy, validationAccuracy }) =>
      testAccuracy !== undefined && (!validates || validationAccuracy !== undefined),
  );
  if (!isMeasured) throw refuse("a run that was not measured after each epoch");
  return before;
}

/** @param before what a run that is resumed has behind it */
function collector(before: Progress = BEGINNING) {
  const reports = [...before.reports];
  const earlier = reports.reduce((total, { seconds }) => total + seconds, before.seconds);
  let outcome: Outcome = { stoppedAfter: 0 };
  return {
    outcome: (): Outcome => outcome,
    reporter: {
      epoch(report) {
        reports.push(report);
      },
      end({ seconds, weightsSha256 }) {
        const validation = reports.flatMap(({ validationAccuracy }) => validationAccuracy ?? []);
        const test = reports.flatMap(({ testAccuracy }) => testAccuracy ?? []);
        outcome = { results: { validation, test, seconds: earlier + seconds, weightsSha256 } };
      },
      interrupted({ epochs }) {
        outcome = { stoppedAfter: epochs };
      },
    } satisfies Partial<Reporter>,
  };
}
