/** `train-mnist sweep status`: how many runs are done, running, failed and left. */
import { Sweep } from "../../sweeps/folder/sweep.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { count } from "../terminal/format.js";

export interface StatusFlags {
  readonly json?: boolean;
}

export async function status(directory: string, { json }: StatusFlags): Promise<ExitCode> {
  const sweep = await Sweep.open(directory);
  const states = await sweep.states();
  const counts = states.count(sweep.indices());
  const others = sweep.count - sweep.size;
  if (json) {
    process.stdout.write(`${JSON.stringify({ runs: sweep.size, ...counts, others })}\n`);
    return exitCodes.success;
  }
  const { done, running, failed, left } = counts;
  const said = `${count(done)} done, ${count(running)} running, ${count(failed)} failed, ${count(left)} left`;
  process.stdout.write(`${said} of ${count(sweep.size)}\n`);
  if (others > 0) process.stdout.write(`${count(others)} more no longer belong to the sweep\n`);
  for (const [index, { host, pid }] of states.running) {
    process.stdout.write(
      `running: ${index} ${sweep.run(index).label} (process ${pid} of ${host})\n`,
    );
  }
  return exitCodes.success;
}
