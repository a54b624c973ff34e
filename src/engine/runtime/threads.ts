/** The threads of a session: the one that starts the others, and these. They run programs together. */
import { startThread } from "#platform";
import type { Compiled } from "../compile.js";
import { EngineError } from "../errors.js";
import { Control, STOP } from "./control.js";
import type { Kernels } from "./kernels.js";
import { prepare, type Task } from "./task.js";

export interface Threads {
  /** Runs a program `times` times: on all threads if it is divided among them, else on this one. */
  run(program: string, times: number): void;
  /** Ends the other threads. */
  stop(): void;
}

/**
 * Throws an {@link EngineError} if a thread cannot be started.
 *
 * @param kernels those that this thread calls
 */
export function startThreads(
  { calls, threads }: Compiled,
  surroundings: Pick<Task, "module" | "memory" | "simd" | "blas">,
  kernels: Kernels,
): Threads {
  const control = new Control(threads);
  const taskOf = (thread: number): Task => ({
    ...surroundings,
    control: control.shared,
    threads,
    calls: [...calls.values()].map((lists) => lists[thread] ?? []),
  });
  for (let thread = 1; thread < threads; thread++) startWorker(taskOf(thread), control);
  const programs = prepare(taskOf(0), kernels, control);
  const names = [...calls.keys()];
  return {
    run(name, times) {
      const program = names.indexOf(name);
      const isShared = (calls.get(name)?.length ?? 1) > 1;
      if (isShared) control.start({ program, times });
      try {
        programs[program]?.(times);
        if (isShared) control.meet();
      } catch (error) {
        // The others are at another point of the program now, and cannot be met again.
        control.fail();
        throw error;
      }
    },
    stop() {
      if (threads > 1) control.start({ program: STOP, times: 0 });
    },
  };
}

function startWorker(task: Task, control: Control): void {
  try {
    startThread(new URL("./worker.js", import.meta.url), task, () => control.fail());
  } catch (cause) {
    const { message } = cause as Error;
    throw new EngineError(
      `a thread of the engine cannot be started (${message}): try with one thread`,
      { remedy: "one thread", cause },
    );
  }
}
