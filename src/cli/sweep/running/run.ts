/** `train-mnist sweep run`, and what `train-mnist sweep` does once it has planned: the runs themselves. */
import { forgetFailure, readFailure } from "../../../sweeps/folder/results.js";
import { Sweep } from "../../../sweeps/folder/sweep.js";
import { type ExitCode, exitCodes } from "../../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../../interruption.js";
import type { Identified } from "../../train/run.js";
import { dataOf } from "./data.js";
import { type MachineFlags, runFlags } from "./flags.js";
import { lines } from "./lines.js";
import { type WhichFlags, whichRuns } from "./which.js";
import { workThrough } from "./work.js";

/** How runs are done now. */
export interface RunningFlags extends MachineFlags {
  readonly retryFailed?: boolean;
}

export function run(directory: string, flags: RunningFlags & WhichFlags): Promise<ExitCode> {
  return untilInterrupted(async (signal) => {
    const sweep = await Sweep.open(directory);
    const { index: _, shard: __, ...how } = flags;
    return runAll(sweep, whichRuns(sweep, flags, process.env).indices, how, signal);
  });
}

/**
 * Does what is left of these runs. Resolves to the exit code: failure if one of them has failed, now or
 * before.
 *
 * @param given the data, if it is loaded already
 */
export async function runAll(
  sweep: Sweep,
  indices: readonly number[],
  { retryFailed = false, ...now }: RunningFlags,
  signal: AbortSignal,
  given?: Identified,
): Promise<ExitCode> {
  const states = await sweep.states();
  const report = lines(process.stderr, indices.length);
  const left: number[] = [];
  for (const index of indices) {
    const isFailed = states.failed.has(index) && !states.done.has(index);
    if (isFailed && retryFailed) await forgetFailure(sweep.directory, index);
    if (states.done.has(index)) report.before("done");
    else if (isFailed && !retryFailed) {
      report.before("failed");
      const failure = await readFailure(sweep.directory, index);
      if (failure !== undefined) report.failedBefore(sweep.run(index), failure);
    } else left.push(index);
  }
  if (left.length > 0) {
    const flags = runFlags(sweep.description, now);
    const data = given ?? (await dataOf(sweep.description, flags, signal));
    await workThrough(sweep, { ...report, indices: left, data, flags, signal });
  }
  report.finish();
  if (signal.aborted) return exitCodeOf(signal);
  return report.failed === 0 ? exitCodes.success : exitCodes.failure;
}
