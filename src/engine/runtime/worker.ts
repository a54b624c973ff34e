/** A thread of the engine: waits for rounds of work, and does its share of each. */
import { atThreadEnd, onStart } from "#platform";
import { Control } from "./control.js";
import { instantiate } from "./kernels.js";
import { prepare, type Task } from "./task.js";

onStart((data) => work(data as Task));

/** Until the thread is ended. */
function work(task: Task): never {
  const control = new Control(task.threads, task.control);
  atThreadEnd(() => control.fail());
  try {
    const programs = prepare(task, instantiate(task.module, task.memory, task.simd), control);
    for (let seen = 0; ; seen++) {
      const { program, times } = control.nextRound(seen);
      programs[program]?.(times);
      control.barrier();
    }
  } catch (error) {
    control.fail(error);
    throw error;
  }
}
