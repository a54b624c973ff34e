/** A thread of the engine: waits for rounds of work, and does its share of each. */
import { atThreadEnd, onStart } from "#platform";
import { Control } from "./control.js";
import { instantiate } from "./kernels.js";
import { prepare, type ThreadData } from "./thread-data.js";

onStart((data) => work(data as ThreadData));

/** Until the thread is ended. */
function work(data: ThreadData): never {
  const control = new Control(data.threads, data.control);
  atThreadEnd(() => control.fail());
  try {
    const programs = prepare(data, instantiate(data.module, data.memory, data.simd), control);
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
