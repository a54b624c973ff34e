/** How many processes to use at once. */
import { availableParallelism, freemem } from "node:os";
import type { Command } from "commander";
import { whole } from "../options/parsers.js";

export interface JobsFlags {
  readonly jobs: number | "auto";
}

export function addJobsOption(command: Command): Command {
  const parse = whole(1, 1024);
  return command.option(
    "--jobs <n>",
    "train this many runs at once, each in a process with one thread; auto as cores and memory allow",
    (word: string) => (word === "auto" ? word : parse(word)),
    "auto",
  );
}

/** In bytes: what a process that trains on MNIST needs, with some of its data held twice for a moment. */
const MEMORY = 400e6;

/** @param tasks how many there are to do */
export function jobsFor(jobs: number | "auto", tasks: number): number {
  const most = jobs === "auto" ? Math.min(availableParallelism(), memory() / MEMORY) : jobs;
  return Math.max(1, Math.min(tasks, Math.floor(most)));
}

/** In bytes, of this machine or of the container that this process is in. */
function memory(): number {
  // Node before 22 does not tell.
  const { availableMemory } = process as { availableMemory?: () => number };
  return availableMemory?.() ?? freemem();
}

/** Several processes have a thread each, unless more are asked for. */
export function threadsFor(jobs: number, threads: number | "auto"): number | "auto" {
  return jobs > 1 && threads === "auto" ? 1 : threads;
}
