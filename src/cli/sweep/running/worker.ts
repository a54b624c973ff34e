/** A worker on a sweep, in whichever process: claims a run, and trains it unless another process does. */
import { Claim, type Holder } from "../../../sweeps/folder/claims.js";
import { readFailure, readResult } from "../../../sweeps/folder/results.js";
import { Sweep } from "../../../sweeps/folder/sweep.js";
import type { Identified } from "../../dataset/identified.js";
import { exitCodes } from "../../exit-codes.js";
import type { Open } from "../../pool/worker.js";
import { type Part, partReporter } from "../../train/reporting/part-reporter.js";
import type { Reporter } from "../../train/reporting/reporter.js";
import { dataOf } from "./data.js";
import type { RunFlags } from "./flags.js";
import { expectFlags } from "./planned-flags.js";
import { type Ended, trainRun } from "./train-run.js";

export interface Task {
  readonly index: number;
  /** After which epoch the run is to pause; left out, it goes on to its end. */
  readonly until?: number;
}

export interface Setup {
  readonly directory: string;
  readonly flags: RunFlags;
  /** Left out where the worker is to load it. */
  readonly data?: Identified;
}

/** What has become of a run: it has ended, another process has it, or it was interrupted, or has come to its pause. */
export type Outcome =
  | NonNullable<Ended>
  | { readonly taken: Holder }
  | { readonly interrupted: true }
  | { readonly paused: true };

export const open: Open<Setup, Task, Part, Outcome> = async (setup, signal) => {
  const { directory, flags } = setup;
  const sweep = await Sweep.open(directory, expectFlags);
  const data = setup.data ?? (await dataOf(sweep.description, flags, signal));
  return async ({ index, until = Number.POSITIVE_INFINITY }, tell) => {
    const claim = await sweep.claim(index);
    if (!(claim instanceof Claim)) return { taken: claim };
    try {
      const known = await endingOf(directory, index);
      if (known !== undefined) return known;
      const pause = new AbortController();
      const parts = partReporter(tell);
      const watcher: Partial<Reporter> = {
        ...parts,
        epoch(report) {
          if (report.epoch >= until) pause.abort(exitCodes.success);
        },
      };
      const means = { data, flags, signal: AbortSignal.any([signal, pause.signal]), watcher };
      const ended = await trainRun(sweep, sweep.run(index), means);
      return ended ?? (signal.aborted ? { interrupted: true } : { paused: true });
    } finally {
      await claim.release();
    }
  };
};

/** Another process may have ended the run before it was claimed here. */
async function endingOf(directory: string, index: number): Promise<Ended> {
  const done = await readResult(directory, index);
  if (done !== undefined) return { done };
  const failed = await readFailure(directory, index);
  return failed && { failed };
}
