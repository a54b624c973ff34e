/** Threads that deform the images of an epoch together. Each takes the next few whenever it is free. */
import { nextTurn, startThread } from "#platform";
import { sharesMemory } from "../../platform/memory.js";
import type { Thread, WorkerConstructor } from "../../platform/platform.js";
import { hasWork, instantiate, type Job, restart } from "./job.js";

declare const Worker: WorkerConstructor;

/** What a thread is started with: the job, and which of its workspaces is the thread's. */
export interface ThreadData {
  readonly job: Job;
  readonly thread: number;
}

export class ThreadPool {
  readonly #job: Job;
  readonly #threads: readonly Thread[];
  #epoch = 0;
  /** The work of the threads that have been asked. */
  #pending: Promise<void>[] = [];

  /** A thread for each workspace of the job; this one alone, if none can be started or share memory. */
  constructor(job: Job) {
    this.#job = job;
    this.#threads = startAll(job) ?? [thisThread(job)];
  }

  /** Begins with the images of an epoch, on so many threads. The epoch before must be done. */
  begin(epoch: number, threads: number): void {
    restart(this.#job);
    this.#epoch = epoch;
    this.#pending = [];
    this.#ask(threads);
  }

  /** Has all threads help, and resolves when the images are done. */
  async finish(): Promise<void> {
    if (hasWork(this.#job)) this.#ask(this.#threads.length);
    await Promise.all(this.#pending);
  }

  end(): void {
    for (const thread of this.#threads) thread.end();
  }

  /** Asks threads until `count` of them are at work. */
  #ask(count: number): void {
    for (const thread of this.#threads.slice(this.#pending.length, count)) {
      const work = thread.ask(this.#epoch);
      // A failure is told to whoever asks for the images.
      work.catch(() => {});
      this.#pending.push(work);
    }
  }
}

function startAll(job: Job): Thread[] | undefined {
  if (!sharesMemory) return undefined;
  const make = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  const started: Thread[] = [];
  try {
    for (const thread of job.layout.workspaces.keys()) {
      const data: ThreadData = { job, thread };
      started.push(startThread(make, data));
    }
  } catch {
    // Those that have been started are enough.
  }
  return started.length > 0 ? started : undefined;
}

/** The one that asks, which deforms images whenever it has no other work. */
function thisThread(job: Job): Thread {
  const deform = instantiate(job);
  let isEnded = false;
  return {
    async ask(epoch) {
      while (deform(epoch as number) && !isEnded) await nextTurn();
    },
    end() {
      isEnded = true;
    },
  };
}
