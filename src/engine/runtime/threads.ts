/** The threads of a session: the one that starts the others, and these. They run programs together. */
import { startThread } from "#platform";
import type { Thread, WorkerConstructor } from "../../platform/platform.js";
import type { Compiled } from "../compile.js";
import { EngineError } from "../errors.js";
import { Control } from "./control.js";
import type { Kernels } from "./kernels.js";
import { prepare, type ThreadData } from "./thread-data.js";

declare const Worker: WorkerConstructor;

export interface Threads {
  /** Resolves when programs can be run, where that is not so at once; rejects if they cannot. */
  readonly ready: Promise<void> | undefined;
  /** Runs a program `times` times: on all threads if it is divided among them, else on this one. */
  run(program: string, times: number): void;
  /** Ends the other threads. */
  stop(): void;
}

/**
 * Throws an {@link EngineError} if a thread cannot be started, and leaves none behind.
 *
 * @param kernels those that this thread calls
 */
export function startThreads(
  { calls, threads }: Compiled,
  shared: Pick<ThreadData, "module" | "memory" | "simd" | "blas">,
  kernels: Kernels,
): Threads {
  const control = new Control(threads);
  const dataOf = (thread: number): ThreadData => ({
    ...shared,
    control: control.shared,
    threads,
    calls: [...calls.values()].map((lists) => lists[thread] ?? []),
  });
  const others: Thread[] = [];
  const stop = () => {
    for (const thread of others) thread.end();
  };
  let programs: ReturnType<typeof prepare>;
  try {
    while (others.length < threads - 1)
      others.push(startWorker(dataOf(others.length + 1), control));
    programs = prepare(dataOf(0), kernels, control);
  } catch (error) {
    stop();
    throw error;
  }
  const names = [...calls.keys()];
  const starting = others.flatMap(({ started }) => started ?? []);
  let isReady = starting.length === 0;
  const ready = isReady
    ? undefined
    : Promise.all(starting).then(() => {
        isReady = true;
      }, cannotStart);
  // Whoever waits for it is told.
  ready?.catch(() => {});
  return {
    ready,
    run(name, times) {
      const program = names.indexOf(name);
      const isShared = (calls.get(name)?.length ?? 1) > 1;
      if (isShared && !isReady) throw new Error("run: the threads have not started: await ready");
      if (isShared) control.startRound({ program, times });
      try {
        programs[program]?.(times);
        if (isShared) control.barrier();
      } catch (error) {
        // The others are at another point of the program now, and cannot be waited for again.
        control.fail(error);
        throw error instanceof WebAssembly.RuntimeError ? noSuchColumn(name, error) : error;
      }
    },
    stop,
  };
}

/** Kernels trap for no other reason. */
function noSuchColumn(program: string, cause: WebAssembly.RuntimeError): RangeError {
  return new RangeError(
    `run: the program ${program} picks a column that is not there: column indices should be whole numbers, and below the number of columns`,
    { cause },
  );
}

function startWorker(data: ThreadData, control: Control): Thread {
  const make = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  try {
    return startThread(make, data, () => control.fail());
  } catch (cause) {
    return cannotStart(cause as Error);
  }
}

function cannotStart(cause: Error): never {
  throw new EngineError(
    `a thread of the engine cannot be started (${cause.message}): try with one thread`,
    { remedy: "one thread", cause },
  );
}
