/** `train-mnist sweep status`: how many runs are done, running, failed, stopped early and left. */
import { type States, Sweep } from "../../sweeps/folder/sweep.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { count } from "../terminal/format.js";
import { writeLines } from "../terminal/wrapped.js";
import { leftAside } from "./left-aside.js";
import { expectFlags } from "./running/planned-flags.js";
import { cluster, ifItAnswers, queue } from "./slurm/commands.js";
import { jobsOf, queuedRuns } from "./slurm/jobs.js";

export interface StatusFlags {
  readonly json?: boolean;
}

export async function status(directory: string, { json }: StatusFlags): Promise<ExitCode> {
  const sweep = await Sweep.open(directory, expectFlags);
  // In this order, so that a run that ends meanwhile is among the ended ones, and is not missed.
  const queued = await queuedNow(sweep);
  const states = await sweep.states();
  const counts = states.count(sweep.indices());
  const others = sweep.count - sweep.size;
  const slurm = queued && inSlurm(queued, states);
  if (json) {
    const all = { runs: sweep.size, ...counts, others, ...(slurm && { slurm }) };
    process.stdout.write(`${JSON.stringify(all)}\n`);
    return exitCodes.success;
  }
  const { done, running, failed, stopped, left } = counts;
  const early = stopped > 0 ? `${count(stopped)} stopped early, ` : "";
  const said = `${count(done)} done, ${count(running)} running, ${count(failed)} failed, ${early}${count(left)} left`;
  process.stdout.write(`${said} of ${count(sweep.size)}\n`);
  if (slurm !== undefined) {
    const { waiting, running } = slurm;
    process.stdout.write(
      `in the queue of Slurm: ${count(waiting)} waiting, ${count(running)} running\n`,
    );
  }
  const aside = await leftAside(sweep);
  if (aside !== undefined) writeLines(process.stdout, aside);
  for (const [index, { host, pid }] of states.running) {
    process.stdout.write(
      `running: ${index} ${sweep.run(index).label} (process ${pid} of ${host})\n`,
    );
  }
  return exitCodes.success;
}

/** Undefined if no run was ever submitted, or Slurm does not answer here. */
async function queuedNow(sweep: Sweep): Promise<ReadonlyMap<number, boolean> | undefined> {
  if ((await jobsOf(sweep)).length === 0) return undefined;
  return ifItAnswers(async () => queuedRuns(sweep, (await cluster()).name, await queue()));
}

/** How many of the queued runs wait, and how many a task trains. A task outlives the result of its run by a moment. */
function inSlurm(queued: ReadonlyMap<number, boolean>, { done }: States) {
  const isRunning = [...queued].filter(([index]) => !done.has(index)).map(([, running]) => running);
  const running = isRunning.filter(Boolean).length;
  return { waiting: isRunning.length - running, running };
}
