/** Threads that deform the images of an epoch together. Each takes some more whenever it is done with some. */
import { nextTurn, startThread } from "#platform";
import { sharesMemory } from "../../platform/memory.js";
import type { Thread, WorkerConstructor } from "../../platform/platform.js";
import { hasWork, instantiate, layReady, type Workshop } from "./workshop.js";

declare const Worker: WorkerConstructor;

/** What a thread is given: where it works, and which of the threads it is. */
export interface Place {
  readonly workshop: Workshop;
  readonly thread: number;
}

export class Crew {
  readonly #workshop: Workshop;
  readonly #threads: readonly Thread[];
  #epoch = 0;
  /** What the threads that have been asked are doing. */
  #working: Promise<void>[] = [];

  /** As many threads as the workshop has room for; this one, if none is permitted or can share memory. */
  constructor(workshop: Workshop) {
    this.#workshop = workshop;
    this.#threads = startAll(workshop) ?? [thisThread(workshop)];
  }

  /** Begins with the images of an epoch, on so many threads. The epoch before must be done. */
  begin(epoch: number, threads: number): void {
    layReady(this.#workshop);
    this.#epoch = epoch;
    this.#working = [];
    this.#ask(threads);
  }

  /** Has all threads help, and resolves when the images are done. */
  async finish(): Promise<void> {
    if (hasWork(this.#workshop)) this.#ask(this.#threads.length);
    await Promise.all(this.#working);
  }

  end(): void {
    for (const thread of this.#threads) thread.end();
  }

  /** Puts so many threads to work, in all. */
  #ask(count: number): void {
    for (const thread of this.#threads.slice(this.#working.length, count)) {
      const work = thread.ask(this.#epoch);
      // A failure is told to whoever asks for the images.
      work.catch(() => {});
      this.#working.push(work);
    }
  }
}

function startAll(workshop: Workshop): Thread[] | undefined {
  if (!sharesMemory) return undefined;
  const make = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  const started: Thread[] = [];
  try {
    for (const thread of workshop.layout.benches.keys()) {
      const place: Place = { workshop, thread };
      started.push(startThread(make, place));
    }
  } catch {
    // Those that have been started are enough.
  }
  return started.length > 0 ? started : undefined;
}

/** The one that asks, which deforms images whenever it has no other work. */
function thisThread(workshop: Workshop): Thread {
  const deform = instantiate(workshop);
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
