/** A worker that trains runs of recipes, in whichever process, each to its end. */
import { existsSync } from "node:fs";
import { BEGINNING, type Progress } from "../../training/reports.js";
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import { NOTHING } from "../configuration/given.js";
import { UsageError } from "../errors/kinds.js";
import type { Open } from "../pool/worker.js";
import type { TrainFlags } from "../train/options.js";
import { type Part, partTeller } from "../train/reporting/part-teller.js";
import { type Reporter, together } from "../train/reporting/reporter.js";
import { loadIdentified, trainUntil } from "../train/run.js";
import { sameRunIn } from "../train/same-run.js";
import type { Run } from "./record.js";

/** What a run turns out to be. */
export type Results = Pick<Run, "validation" | "test" | "seconds" | "weightsSha256">;

export interface Setup {
  readonly flags: TrainFlags;
}

export interface Task {
  readonly settings: Partial<Settings>;
  /** The file to save the run to, and to go on from if it was interrupted. */
  readonly file?: string;
}

/** Its results, or how many epochs of it were finished when it was stopped. */
export type Outcome = { readonly results: Results } | { readonly stoppedAfter: number };

export const open: Open<Setup, Task, Part, Outcome> = async ({ flags }, signal) => {
  const data = await loadIdentified(flags, signal);
  return async (task, tell) => {
    const { file } = task;
    const settings = completeSettings(task.settings);
    const common = { ...flags, dataset: data.identity };
    const before = file === undefined ? undefined : await begunIn(file, settings, common);
    const saving = file !== undefined && { [before ? "resume" : "save"]: file };
    const run = { settings, flags: { ...flags, ...saving }, given: NOTHING };
    const { reporter, outcome } = collector(before);
    await trainUntil(signal, run, together([reporter, partTeller(tell)]), data);
    return outcome();
  };
};

/** The run that a file has the beginning of. Throws a UsageError if it holds another one. */
async function begunIn(...run: Parameters<typeof sameRunIn>): Promise<Progress | undefined> {
  const [file] = run;
  const before = await sameRunIn(...run);
  if (before === undefined && existsSync(file)) {
    throw new UsageError(`${file} holds another run: name another folder, or move the file`);
  }
  return before;
}

/** @param before what a run that is resumed has behind it */
function collector(before: Progress = BEGINNING) {
  const reports = [...before.reports];
  const earlier = reports.reduce((total, { seconds }) => total + seconds, before.seconds);
  let outcome: Outcome = { stoppedAfter: 0 };
  const nothing = () => {};
  return {
    outcome: (): Outcome => outcome,
    reporter: {
      start: nothing,
      progress: nothing,
      epoch(report) {
        reports.push(report);
      },
      hint: nothing,
      end({ seconds, weightsSha256 }) {
        const validation = reports.flatMap(({ validationAccuracy }) => validationAccuracy ?? []);
        const test = reports.flatMap(({ testAccuracy }) => testAccuracy ?? []);
        outcome = { results: { validation, test, seconds: earlier + seconds, weightsSha256 } };
      },
      dryRun: nothing,
      interrupted({ epochs }) {
        outcome = { stoppedAfter: epochs };
      },
      failed: nothing,
    } satisfies Reporter,
  };
}
