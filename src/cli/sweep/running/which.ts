/** Which runs of a sweep a process is to do: all, one by its index, or its share of them. */
import { InvalidArgumentError } from "commander";
import type { Sweep } from "../../../sweeps/folder/sweep.js";
import { UsageError } from "../../errors/kinds.js";

export interface WhichFlags {
  readonly index?: readonly number[];
  readonly shard?: Shard;
}

/** The i-th of n shares. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** What array jobs of Slurm and indexed jobs of Kubernetes call the index of a process. */
const VARIABLES = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];

/** `2/8` */
export function shard(word: string): Shard {
  const [, number, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(word) ?? [];
  const parsed = { number: Number(number), of: Number(of) };
  if (parsed.number >= 1 && parsed.number <= parsed.of) return parsed;
  throw new InvalidArgumentError("Expected a share such as 1/8, the first of eight.");
}

/**
 * The indices, in ascending order; all that belong to the sweep unless flags or the environment say less.
 * Throws a {@link UsageError} if there is no such run.
 */
export function whichRuns(
  sweep: Sweep,
  { index, shard }: WhichFlags,
  env: NodeJS.ProcessEnv,
): readonly number[] {
  const chosen = index ?? (shard === undefined ? ofVariable(env) : undefined);
  if (chosen !== undefined) {
    const missing = chosen.find((each) => each >= sweep.count);
    if (missing === undefined) return chosen;
    throw new UsageError(
      `${sweep.directory} has no run ${missing}: its runs are 0 to ${sweep.count - 1}`,
    );
  }
  const all = [...sweep.indices()];
  if (shard === undefined) return all;
  return all.filter((_, k) => k % shard.of === shard.number - 1);
}

function ofVariable(env: NodeJS.ProcessEnv): readonly number[] | undefined {
  for (const name of VARIABLES) {
    const value = env[name];
    if (!value) continue;
    if (/^\d{1,9}$/.test(value)) return [Number(value)];
    throw new UsageError(`${name} is ${value}, where the index of a run is expected`);
  }
  return undefined;
}
