/** A worker that trains runs of recipes, in whichever process, each to its end. */
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import { NOTHING } from "../configuration/given.js";
import type { Open } from "../pool/worker.js";
import type { TrainFlags } from "../train/options.js";
import { type Part, partTeller } from "../train/reporting/part-teller.js";
import { type Reporter, together } from "../train/reporting/reporter.js";
import { loadIdentified, trainUntil } from "../train/run.js";
import type { Run } from "./record.js";

/** What a run turns out to be. */
export type Results = Pick<Run, "validation" | "test" | "seconds" | "weightsSha256">;

export interface Setup {
  readonly flags: TrainFlags;
}

export interface Task {
  readonly settings: Partial<Settings>;
}

/** Its results, or how many epochs of it were finished when it was stopped. */
export type Outcome = { readonly results: Results } | { readonly stoppedAfter: number };

export const open: Open<Setup, Task, Part, Outcome> = async ({ flags }, signal) => {
  const data = await loadIdentified(flags, signal);
  return async (task, tell) => {
    const run = { settings: completeSettings(task.settings), flags, given: NOTHING };
    const { reporter, outcome } = collector();
    await trainUntil(signal, run, together([reporter, partTeller(tell)]), data);
    return outcome();
  };
};

function collector(): { readonly reporter: Reporter; readonly outcome: () => Outcome } {
  const validation: number[] = [];
  const test: number[] = [];
  let outcome: Outcome = { stoppedAfter: 0 };
  const nothing = () => {};
  return {
    outcome: () => outcome,
    reporter: {
      start: nothing,
      progress: nothing,
      epoch({ validationAccuracy, testAccuracy }) {
        if (validationAccuracy !== undefined) validation.push(validationAccuracy);
        if (testAccuracy !== undefined) test.push(testAccuracy);
      },
      hint: nothing,
      end({ seconds, weightsSha256 }) {
        outcome = { results: { validation, test, seconds, weightsSha256 } };
      },
      dryRun: nothing,
      interrupted({ epochs }) {
        outcome = { stoppedAfter: epochs };
      },
      failed: nothing,
    },
  };
}
