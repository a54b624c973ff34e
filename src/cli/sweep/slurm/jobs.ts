/**
 * The folder `slurm` of a sweep: for each array job a script, and a list of runs of which each task does
 * one, its line. jobs.jsonl says which of them were submitted.
 */
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { makeDirectory } from "../../../files/directory.js";
import { ifThere } from "../../../files/if-there.js";
import { parsedJson } from "../../../json.js";
import type { Sweep } from "../../../sweeps/folder/sweep.js";
import { orCannot } from "../../../sweeps/folder/system.js";
import type { Task } from "./commands.js";
import { type Script, scriptText } from "./script.js";

/** An array job that was submitted. */
export interface Job {
  readonly job: string;
  /** The name of the cluster, as another may have a job of that number, too. */
  readonly cluster: string;
  /** Of its script and its list. */
  readonly number: number;
}

export function folderOf({ directory }: Sweep): string {
  return join(resolve(directory), "slurm");
}

/** Writes the script and the list of a job. Resolves to their number, and the path of the script. */
export async function writeJob(
  sweep: Sweep,
  runs: readonly number[],
  about: Omit<Script, "folder" | "number" | "tasks" | "directory">,
): Promise<{ number: number; script: string }> {
  const folder = folderOf(sweep);
  return orCannot("write", folder, async () => {
    await makeDirectory(folder);
    for (let number = 1; ; number++) {
      const list = join(folder, `${number}.txt`);
      try {
        await writeFile(list, `${runs.join("\n")}\n`, { flag: "wx" });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
        throw error;
      }
      const script = join(folder, `${number}.sh`);
      const directory = resolve(sweep.directory);
      const text = scriptText({ ...about, directory, folder, number, tasks: runs.length });
      await writeFile(script, text);
      return { number, script };
    }
  });
}

/** Removes what was written of a job that was refused. */
export async function forgetJob(sweep: Sweep, number: number): Promise<void> {
  for (const ending of ["sh", "txt"]) {
    await rm(join(folderOf(sweep), `${number}.${ending}`), { force: true });
  }
}

/** Notes that a job was submitted. */
export async function noteJob(sweep: Sweep, job: Job): Promise<void> {
  const file = join(folderOf(sweep), "jobs.jsonl");
  await orCannot("write", file, () => appendFile(file, `${JSON.stringify(job)}\n`));
}

/** All jobs that were submitted, ended or not. */
export async function jobsOf(sweep: Sweep): Promise<Job[]> {
  const file = join(folderOf(sweep), "jobs.jsonl");
  const text = await orCannot("read", file, () => ifThere(() => readFile(file, "utf8")));
  // The last line may have been cut off.
  return (text ?? "").split("\n").flatMap((line) => (parsedJson(line) as Job | undefined) ?? []);
}

/** What Slurm has of a sweep: its runs, and whether a task trains them now. */
export async function queuedRuns(
  sweep: Sweep,
  cluster: string,
  tasks: readonly Task[],
): Promise<ReadonlyMap<number, boolean>> {
  const queued = new Map<number, boolean>();
  const jobs = (await jobsOf(sweep)).filter((job) => job.cluster === cluster);
  for (const { job, number } of jobs) {
    const own = tasks.filter((task) => task.job === job);
    if (own.length === 0) continue;
    const file = join(folderOf(sweep), `${number}.txt`);
    const text = await orCannot("read", file, () => ifThere(() => readFile(file, "utf8")));
    const runs = (text ?? "").split("\n");
    for (const { index, isRunning } of own) queued.set(Number(runs[index]), isRunning);
  }
  return queued;
}
