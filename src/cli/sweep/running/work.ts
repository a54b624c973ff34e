/** Working through the runs of a sweep that are left, whoever else works on them. */
import { setTimeout as delay } from "node:timers/promises";
import { Claim, type Holder } from "../../../sweeps/folder/claims.js";
import type { PlannedRun } from "../../../sweeps/folder/lines.js";
import { readFailure, readResult } from "../../../sweeps/folder/results.js";
import type { Sweep } from "../../../sweeps/folder/sweep.js";
import { type Ended, type Means, trainRun } from "./train-run.js";

export interface Work extends Means {
  /** The runs to do, of those of the sweep. */
  readonly indices: readonly number[];
  /** Is told of a run that has ended, here or, in the meantime, elsewhere; and of one that another has. */
  readonly onEnded: (run: PlannedRun, ended: NonNullable<Ended>) => void;
  readonly onTaken: (run: PlannedRun, holder: Holder) => void;
}

/** In milliseconds, between two looks at runs that other processes have. */
const PATIENCE = 1000;

/**
 * Trains these runs, one after the other. Those that other processes train are waited for: should these
 * die, their runs go on here. Resolves when all have ended, or the signal comes.
 */
export async function workThrough(sweep: Sweep, work: Work): Promise<void> {
  const { signal, onTaken } = work;
  const waitedFor = new Set<number>();
  for (let left = work.indices; left.length > 0; ) {
    const taken: number[] = [];
    for (const index of left) {
      if (signal.aborted) return;
      const run = sweep.run(index);
      const holder = await attempt(sweep, run, work);
      if (holder === undefined) continue;
      taken.push(index);
      if (!waitedFor.has(index)) onTaken(run, holder);
      waitedFor.add(index);
    }
    if (taken.length === left.length) {
      await delay(PATIENCE, undefined, { signal }).catch(() => {});
    }
    left = taken;
  }
}

/** Resolves to the process that has the run, if it is another. */
async function attempt(sweep: Sweep, run: PlannedRun, work: Work): Promise<Holder | undefined> {
  const claim = await sweep.claim(run.index);
  if (!(claim instanceof Claim)) return claim;
  try {
    const ended = (await endingOf(sweep, run)) ?? (await trainRun(sweep, run, work));
    if (ended !== undefined) work.onEnded(run, ended);
    return undefined;
  } finally {
    await claim.release();
  }
}

/** How the run has ended, if it has: another process may have ended it before it was claimed here. */
async function endingOf({ directory }: Sweep, { index }: PlannedRun): Promise<Ended> {
  const done = await readResult(directory, index);
  if (done !== undefined) return { done };
  const failed = await readFailure(directory, index);
  return failed && { failed };
}
