/** What does tasks, one after the other: this process, or one that is started for it. */

/**
 * What the module of a worker exports as `open`: makes ready for tasks, such as by loading data, and
 * resolves to what does one.
 *
 * @param setup what is the same for all tasks
 * @param signal is aborted when a task should stop where it may, with an exit code as its reason
 */
export type Open<Setup, Task, News, Outcome> = (
  setup: Setup,
  signal: AbortSignal,
) => Promise<(task: Task, tell: (news: News) => void) => Promise<Outcome>>;

export interface Worker<Task, News, Outcome> {
  /**
   * Rejects with a {@link WorkerBroken} if the process has ended, and otherwise with what ends all of the work,
   * as the next task would fail in the same way.
   */
  do(task: Task, tell: (news: News) => void): Promise<Outcome>;
  close(): Promise<void>;
}

/** The process of a worker has ended before its task. */
export class WorkerBroken extends Error {
  override readonly name = "WorkerBroken";
}

/** A worker in this process. */
export async function localWorker<Setup, Task, News, Outcome>(
  open: Open<Setup, Task, News, Outcome>,
  setup: Setup,
  signal: AbortSignal,
): Promise<Worker<Task, News, Outcome>> {
  return { do: await open(setup, signal), close: async () => {} };
}
