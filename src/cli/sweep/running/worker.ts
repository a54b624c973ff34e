/** A worker on a sweep, in whichever process: claims a run, and trains it unless another process does. */
import { Claim, type Holder } from "../../../sweeps/folder/claims.js";
import { readFailure, readResult } from "../../../sweeps/folder/results.js";
import { Sweep } from "../../../sweeps/folder/sweep.js";
import type { Open } from "../../pool/worker.js";
import { type Part, partTeller } from "../../train/reporting/part-teller.js";
import type { Identified } from "../../train/run.js";
import { dataOf } from "./data.js";
import type { RunFlags } from "./flags.js";
import { type Ended, trainRun } from "./train-run.js";

export interface Setup {
  readonly directory: string;
  readonly flags: RunFlags;
  /** Left out where the worker is to load it. */
  readonly data?: Identified;
}

/** What has become of a run: it has ended, another process has it, or it was stopped. */
export type Outcome = NonNullable<Ended> | { readonly taken: Holder } | { readonly stopped: true };

export const open: Open<Setup, number, Part, Outcome> = async (setup, signal) => {
  const { directory, flags } = setup;
  const sweep = await Sweep.open(directory);
  const data = setup.data ?? (await dataOf(sweep.description, flags, signal));
  return async (index, tell) => {
    const claim = await sweep.claim(index);
    if (!(claim instanceof Claim)) return { taken: claim };
    try {
      const known = await endingOf(directory, index);
      const means = { data, flags, signal, watcher: partTeller(tell) };
      return known ?? (await trainRun(sweep, sweep.run(index), means)) ?? { stopped: true };
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
