/** `train-mnist sweep run`, and what `train-mnist sweep` does once it has planned: the runs themselves. */
import { forget, readFailure } from "../../../sweeps/folder/results.js";
import { Sweep } from "../../../sweeps/folder/sweep.js";
import type { Identified } from "../../dataset/identified.js";
import { type ExitCode, exitCodes } from "../../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../../interruption.js";
import { invocation } from "../../invocation.js";
import { childWorker } from "../../pool/child-process.js";
import { type JobsFlags, jobsFor, threadsFor } from "../../pool/jobs.js";
import { pool } from "../../pool/pool.js";
import { localWorker } from "../../pool/worker.js";
import { quoted } from "../../terminal/quoted.js";
import type { Part } from "../../train/reporting/part-reporter.js";
import type { SlurmFlags } from "../slurm/options.js";
import { clusterFor, submit } from "../slurm/submit.js";
import { dataOf } from "./data.js";
import { type DisplayFlags, display } from "./display.js";
import { asWords, type MachineFlags, runFlags } from "./flags.js";
import { expectComparable, halve } from "./halving.js";
import { expectFlags } from "./planned-flags.js";
import { type WhichFlags, whichRuns } from "./which.js";
import { type Outcome, open, type Setup, type Task } from "./worker.js";

/** How runs are done now. */
export interface RunningFlags extends JobsFlags, DisplayFlags {
  readonly retryFailed?: boolean;
  /** One in so many runs goes on to the next comparison. */
  readonly halving?: number;
}

export function run(
  directory: string,
  {
    index,
    shard,
    jobs,
    json,
    quiet,
    retryFailed,
    slurm,
    sbatch,
    wait,
    halving,
    ...now
  }: RunningFlags & WhichFlags & MachineFlags & SlurmFlags,
): Promise<ExitCode> {
  return untilInterrupted(async (signal) => {
    const submission = {
      ...(slurm && { slurm }),
      ...(sbatch && { sbatch }),
      ...(wait && { wait }),
    };
    const compared = halving === undefined ? {} : { halving };
    const cluster = await clusterFor({ ...submission, ...compared });
    const sweep = await Sweep.open(directory, expectFlags);
    const which = { ...(index && { index }), ...(shard && { shard }) };
    const how = {
      jobs,
      ...(json && { json }),
      ...(quiet && { quiet }),
      ...(retryFailed && { retryFailed }),
      ...compared,
    };
    const indices = whichRuns(sweep, which, process.env);
    if (cluster === undefined) return runAll(sweep, indices, { how, now, signal });
    return submit(sweep, indices, cluster, { ...submission, ...how, flags: asWords(now) }, signal);
  });
}

const WORKER = new URL("./worker.js", import.meta.url);

interface RunAllOptions {
  readonly how: RunningFlags;
  readonly now?: MachineFlags;
  readonly signal: AbortSignal;
  /** The data, if it is loaded already. */
  readonly data?: Identified;
}

/**
 * Does what is left of these runs. Resolves to the exit code: failure if one of them has failed, now or
 * before.
 */
export async function runAll(
  sweep: Sweep,
  indices: readonly number[],
  { how, now = {}, signal, data: given }: RunAllOptions,
): Promise<ExitCode> {
  const told = display(how, indices.length);
  const planned = runFlags(sweep.description, now);
  const { halving } = how;
  if (halving !== undefined) expectComparable(sweep, indices, planned);
  const left = new Set(await leftOf(sweep, indices, how, told));
  if (left.size > 0) {
    const jobs = jobsFor(how.jobs, left.size);
    const flags = { ...planned, threads: threadsFor(jobs, planned.threads) };
    // Even where each process loads the data itself: what is wrong with it is then said once.
    const data = given ?? (await dataOf(sweep.description, flags, signal));
    const setup: Setup = { directory: sweep.directory, flags };
    const waitedFor = new Set<number>();
    const go = (tasks: readonly Task[]) =>
      pool<Task, Part, Outcome>({
        tasks: tasks.filter(({ index }) => left.has(index)),
        jobs,
        signal,
        start: (signal) =>
          jobs === 1
            ? localWorker(open, { ...setup, data }, signal)
            : childWorker(WORKER, setup, signal),
        onNews: ({ index }, part) => told.part(index, part),
        onOutcome({ index }, outcome) {
          told.part(index, undefined);
          if ("interrupted" in outcome) return true;
          if ("paused" in outcome) return false;
          const run = sweep.run(index);
          if ("taken" in outcome) {
            if (!waitedFor.has(index)) told.taken(run, outcome.taken);
            waitedFor.add(index);
            return true;
          }
          left.delete(index);
          told.ended(run, outcome);
          return false;
        },
        onBroken({ index }, reason, isGivenUp) {
          if (isGivenUp) left.delete(index);
          told.part(index, undefined);
          told.broken(sweep.run(index), reason, isGivenUp);
        },
      });
    try {
      if (halving === undefined) await go([...left].map((index) => ({ index })));
      else await halve(sweep, halving, go, told, signal);
    } catch (error) {
      told.clear();
      throw error;
    }
  }
  told.finish(`${invocation(process.env)} sweep report ${quoted(sweep.directory)}`);
  if (signal.aborted) return exitCodeOf(signal);
  return told.failed === 0 ? exitCodes.success : exitCodes.failure;
}

/** Those that have not ended, in their order. */
async function leftOf(
  sweep: Sweep,
  indices: readonly number[],
  { retryFailed }: RunningFlags,
  told: ReturnType<typeof display>,
): Promise<number[]> {
  const { directory } = sweep;
  const [left, failed]: [number[], number[]] = [[], []];
  const states = await sweep.states();
  for (const index of indices) {
    if (states.done.has(index)) continue;
    if (states.failed.has(index) && !retryFailed) failed.push(index);
    else left.push(index);
    if (states.failed.has(index) && retryFailed) await forget(directory, index, "failed");
  }
  const failures = [];
  for (const index of failed) {
    const failure = await readFailure(directory, index);
    if (failure !== undefined) failures.push({ run: sweep.run(index), failure });
  }
  told.begin(indices.length - left.length - failed.length, failures);
  return left;
}
