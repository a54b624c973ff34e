/** A thread of the engine: waits for rounds of work, and does its share of each. */
import { workerData } from "node:worker_threads";
import { Control, STOP } from "./control.js";
import { instantiate } from "./kernels.js";
import { prepare, type Task } from "./task.js";

const task = workerData as Task;
const control = new Control(task.threads, task.control);
process.on("exit", () => control.fail());
try {
  const programs = prepare(task, instantiate(task.module, task.memory), control);
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
