/** `--slurm`: the runs of a sweep that are left become array jobs. No schedule is made here: Slurm has one. */
import { basename, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { counted } from "../../../counted.js";
import { forget } from "../../../sweeps/folder/results.js";
import type { Sweep } from "../../../sweeps/folder/sweep.js";
import { UsageError } from "../../errors/kinds.js";
import { type ExitCode, exitCodes } from "../../exit-codes.js";
import { exitCodeOf } from "../../interruption.js";
import { invocation } from "../../invocation.js";
import { count } from "../../terminal/format.js";
import { quoted } from "../../terminal/quoted.js";
import type { RunFlags } from "../running/flags.js";
import { type Cluster, cluster, ifItAnswers, queue, sbatch } from "./commands.js";
import { forgetJob, noteJob, queuedRuns, writeJob } from "./jobs.js";
import type { SlurmFlags } from "./options.js";

/**
 * The cluster where the runs are to be left to Slurm; it is asked before anything else is done.
 *
 * @throws {UsageError} where a flag is given that has a meaning with `--slurm` only, or none with it
 * @throws {SweepError} where there is no Slurm
 */
export async function clusterFor({
  slurm,
  sbatch,
  wait,
  halving,
}: SlurmFlags & { readonly halving?: number }): Promise<Cluster | undefined> {
  if (slurm && halving !== undefined) {
    throw new UsageError("--halving compares runs on one machine: drop it, or --slurm");
  }
  if (slurm) return cluster();
  const idle = (sbatch && "--sbatch") || (wait && "--wait");
  if (idle) throw new UsageError(`${idle} is for jobs of Slurm: say --slurm, too`);
  return undefined;
}

export interface Submission extends SlurmFlags {
  readonly retryFailed?: boolean;
  /** More flags of the command that each task gives. */
  readonly flags?: readonly string[];
}

/** @param indices the runs to submit, of which those are left out that are done, failed or queued */
export async function submit(
  sweep: Sweep,
  indices: readonly number[],
  cluster: Cluster,
  { sbatch: options = [], wait, retryFailed, flags = [] }: Submission,
  signal: AbortSignal,
): Promise<ExitCode> {
  const left = await leftOf(sweep, indices, cluster, retryFailed);
  const { threads } = sweep.description.flags as unknown as RunFlags;
  const about = {
    ...{ name: basename(resolve(sweep.directory)), flags },
    threads: threads === "auto" ? 1 : threads,
    command: [
      process.execPath,
      fileURLToPath(new URL("../../../../bin/train-mnist.js", import.meta.url)),
    ],
  };
  for (let from = 0; from < left.length; from += cluster.maxArraySize) {
    const runs = left.slice(from, from + cluster.maxArraySize);
    const { number, script } = await writeJob(sweep, runs, about);
    const job = await sbatch(options, script).catch(async (error) => {
      await forgetJob(sweep, number);
      throw error;
    });
    await noteJob(sweep, { job, cluster: cluster.name, number });
    say(`job ${job}: ${counted(runs.length, "run", count)}`);
  }
  if (left.length === 0) say("nothing is left to submit");
  if (wait) return waitFor(sweep, indices, cluster, signal);
  say(
    `to see how far they are: ${invocation(process.env)} sweep status ${quoted(sweep.directory)}`,
  );
  return exitCodes.success;
}

async function leftOf(
  sweep: Sweep,
  indices: readonly number[],
  { name }: Cluster,
  retryFailed = false,
): Promise<number[]> {
  // In this order: a run that ends meanwhile would be submitted again in the other.
  const queued = await queuedRuns(sweep, name, await queue());
  const states = await sweep.states();
  const left: number[] = [];
  for (const index of indices) {
    if (queued.has(index)) continue;
    const state = states.of(index);
    const isRetried = state === "failed" && retryFailed;
    if (isRetried) await forget(sweep.directory, index, "failed");
    if (state === "left" || isRetried) left.push(index);
  }
  return left;
}

/** In milliseconds, between two questions to Slurm, which has others to answer. */
const SHORTEST = 1000;
const LONGEST = 15_000;

/** Until no task of the sweep is in the queue. Resolves to failure if runs have failed, or are left. */
async function waitFor(
  sweep: Sweep,
  indices: readonly number[],
  { name }: Cluster,
  signal: AbortSignal,
): Promise<ExitCode> {
  let said = "";
  for (let patience = SHORTEST; ; patience = Math.min(LONGEST, patience * 1.5)) {
    const queued = await ifItAnswers(async () => queuedRuns(sweep, name, await queue()));
    const { done, failed, running, left } = (await sweep.states()).count(indices);
    const isOver = queued?.size === 0;
    const counts = isOver ? { failed, left: left + running } : { running, failed };
    const others = Object.entries(counts).filter(([, n]) => n > 0);
    const words = others.map(([state, n]) => `, ${count(n)} ${state}`).join("");
    const line = `${count(done)} of ${counted(indices.length, "run", count)} done${words}`;
    if (line !== said) say(line);
    said = line;
    if (isOver) return done === indices.length ? exitCodes.success : exitCodes.failure;
    await delay(patience, undefined, { signal }).catch(() => {});
    if (!signal.aborted) continue;
    say("the jobs go on: scancel ends them");
    return exitCodeOf(signal);
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
