/** A thread of the engine: waits for rounds of work, and does its share of each. */
import { atThreadEnd, threadData } from "#platform";
import { Control, STOP } from "./control.js";
import { instantiate } from "./kernels.js";
import { prepare, type Task } from "./task.js";

const task = threadData() as Task;
const control = new Control(task.threads, task.control);
atThreadEnd(() => control.fail());
try {
  const programs = prepare(task, instantiate(task.module, task.memory, task.simd), control);
  for (let seen = 0; ; seen++) {
    const { program, times } = control.next(seen);
    if (program === STOP) break;
    programs[program]?.(times);
    control.meet();
  }
} catch (error) {
  control.fail();
  throw error;
}
