/** A thread of the engine: waits for rounds of work, and does its share of each. */
import { atThreadEnd, onStart } from "#platform";
import { Control } from "./control.js";
import { instantiate } from "./kernels.js";
import { prepare, type Task } from "./task.js";

onStart((data) => takePart(data as Task));

/** Until the thread is ended. */
function takePart(task: Task): never {
  const control = new Control(task.threads, task.control);
  atThreadEnd(() => control.fail());
  try {
    const programs = prepare(task, instantiate(task.module, task.memory, task.simd), control);
    for (let seen = 0; ; seen++) {
      const { program, times } = control.next(seen);
      programs[program]?.(times);
      control.meet();
    }
  } catch (error) {
    control.fail(error);
    throw error;
  }
}
