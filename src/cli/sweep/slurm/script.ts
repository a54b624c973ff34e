/** The script of an array job, whose every task does one run. It can be submitted by hand as well. */
import { join } from "node:path";

export interface Script {
  /** Of the sweep. */
  readonly directory: string;
  /** Where the script, the list of runs and the logs are. */
  readonly folder: string;
  readonly number: number;
  readonly tasks: number;
  /** What the job is called in the queue. */
  readonly name: string;
  /** Cores of each task, unless sbatch is told otherwise. */
  readonly threads: number;
  /** The program and the first arguments that start this command. */
  readonly command: readonly string[];
  /** What follows `sweep run <dir>`. */
  readonly flags: readonly string[];
}

export function scriptText(script: Script): string {
  const { directory, folder, number, tasks, name, threads, command, flags } = script;
  const list = join(folder, `${number}.txt`);
  const log = join(folder, "%A_%a.log");
  const start = [...command, "sweep", "run", directory, ...flags].map(word).join(" ");
  // By exec, so that the signal that ends a task comes to what trains, which saves then.
  return `#!/bin/sh
# Each task does one of the runs in ${number}.txt. What is done is not done again, so that this may be
# submitted once more.
#SBATCH --job-name=${quoted(name)}
#SBATCH --array=0-${tasks - 1}
#SBATCH --cpus-per-task=${threads}
#SBATCH --output=${quoted(log)}
#SBATCH --open-mode=append
#SBATCH --requeue
index=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" ${word(list)})
exec ${start} --index "$index" --jobs 1 --threads "\${SLURM_CPUS_PER_TASK:-1}"
`;
}

/** As a POSIX shell takes it. */
function word(text: string): string {
  return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** As sbatch takes it. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
