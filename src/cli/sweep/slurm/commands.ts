/** Slurm's own commands, by which everything is asked and said. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SweepError } from "../../../sweeps/errors.js";

const run = promisify(execFile);

/** In bytes: squeue has a line for each task that waits. */
const LONGEST_OUTPUT = 100e6;

/** What a command prints. Throws a {@link SweepError} if it is not there, or says that it failed. */
async function outputOf(command: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(command, [...args], { maxBuffer: LONGEST_OUTPUT })).stdout;
  } catch (error) {
    const { code, stderr = "", message } = error as NodeJS.ErrnoException & { stderr?: string };
    if ((code as unknown) === "ENOENT") {
      throw new SweepError(
        `There is no ${command} here: --slurm submits jobs by it, so use a machine of a Slurm cluster.`,
        { cause: error },
      );
    }
    const said = (stderr || message).trim().split("\n")[0] as string;
    throw new SweepError(`Slurm refuses: ${said}`, { cause: error });
  }
}

/** What it says; undefined where Slurm does not answer, as it may for a moment. */
export async function ifItAnswers<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SweepError) return undefined;
    throw error;
  }
}

export interface Cluster {
  readonly name: string;
  /** Indices of the tasks of an array job are below it. */
  readonly maxArraySize: number;
}

/** Throws a {@link SweepError} where there is no Slurm, or where it has no array jobs. */
export async function cluster(): Promise<Cluster> {
  const text = await outputOf("scontrol", ["show", "config"]);
  const settingOf = (key: string) => new RegExp(`^${key} *= *(.*)$`, "m").exec(text)?.[1]?.trim();
  const maxArraySize = Number(settingOf("MaxArraySize"));
  if (!(maxArraySize > 1)) {
    throw new SweepError("This Slurm has no array jobs: its MaxArraySize is 0.");
  }
  return { name: settingOf("ClusterName") ?? "", maxArraySize };
}

/** Resolves to the number of the job. */
export async function sbatch(options: readonly string[], script: string): Promise<string> {
  const text = await outputOf("sbatch", ["--parsable", ...options, script]);
  return text.trim().split("\n").at(-1)!.split(";")[0]!;
}

/** A task of an array job that has not ended. */
export interface Task {
  readonly job: string;
  readonly index: number;
  readonly isRunning: boolean;
}

/** The tasks of this user's array jobs. */
export async function queue(): Promise<Task[]> {
  const text = await outputOf("squeue", ["--me", "--array", "--noheader", "--format=%F %K %t"]);
  return text.split("\n").flatMap((line) => {
    const [, job, index, state] = /^(\d+) (\d+) (\w+)/.exec(line.trim()) ?? [];
    return job === undefined ? [] : [{ job, index: Number(index), isRunning: state !== "PD" }];
  });
}
