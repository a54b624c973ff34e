/** Tasks done by several workers at once, each of which takes the next when it is free. */
import { setTimeout as delay } from "node:timers/promises";
import { exitCodes } from "../exit-codes.js";
import { type Worker, WorkerBroken } from "./worker.js";

export interface PoolOptions<Task, News, Outcome> {
  readonly tasks: readonly Task[];
  /** How many workers there are at most. */
  readonly jobs: number;
  readonly start: (signal: AbortSignal) => Promise<Worker<Task, News, Outcome>>;
  readonly signal: AbortSignal;
  readonly onNews: (task: Task, news: News) => void;
  /** Whether the task is to be tried again later. */
  readonly onOutcome: (task: Task, outcome: Outcome) => boolean;
  /** A worker has broken at the task, which another one repeats unless it is given up. */
  readonly onBroken: (task: Task, how: string, isGivenUp: boolean) => void;
}

/** A task at which so many workers have broken is given up: most likely it is the reason. */
const MOST_BROKEN = 3;

/** In milliseconds, until a task is tried again. */
const PATIENCE = 1000;

/**
 * Resolves when all tasks are done or given up, or the signal has come and all workers have stopped.
 * Rejects with the first error of a worker, after the others have been stopped.
 */
export async function pool<Task, News, Outcome>(
  options: PoolOptions<Task, News, Outcome>,
): Promise<void> {
  const { tasks, jobs, start, onNews, onOutcome, onBroken } = options;
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const queue = [...tasks].reverse();
  const later: Task[] = [];
  const broken = new Map<Task, number>();

  const next = async (): Promise<Task | undefined> => {
    while (queue.length === 0 && later.length > 0 && !signal.aborted) {
      await delay(PATIENCE, undefined, { signal }).catch(() => {});
      queue.push(...later.splice(0).reverse());
    }
    return signal.aborted ? undefined : queue.pop();
  };
  const breakAt = (task: Task, { message }: WorkerBroken) => {
    const times = (broken.get(task) ?? 0) + 1;
    broken.set(task, times);
    if (times < MOST_BROKEN) queue.push(task);
    onBroken(task, message, times >= MOST_BROKEN);
  };
  const serve = async () => {
    let worker: Worker<Task, News, Outcome> | undefined;
    try {
      for (let task = await next(); task !== undefined; task = await next()) {
        const current = task;
        try {
          worker ??= await start(signal);
          const outcome = await worker.do(current, (news) => onNews(current, news));
          if (onOutcome(current, outcome)) later.push(current);
        } catch (error) {
          if (!(error instanceof WorkerBroken)) throw error;
          await worker?.close();
          worker = undefined;
          if (!signal.aborted) breakAt(current, error);
        }
      }
    } catch (error) {
      failure.abort(exitCodes.failure);
      // What a signal has interrupted throws its reason.
      if (error !== options.signal.reason) throw error;
    } finally {
      await worker?.close();
    }
  };
  const workers = Array.from({ length: Math.min(jobs, tasks.length) }, serve);
  const ended = await Promise.allSettled(workers);
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
}
