/** A thread that waits for others at the barriers of Control, for its test. */
import { parentPort, workerData } from "node:worker_threads";

const { module, shared, threads, index, counts, barriers, failsAt } = workerData;
const { Control } = await import(module);
const control = new Control(threads, shared);
const counted = new Int32Array(counts);
let early = 0;
let failure;
try {
  for (let barrier = 1; barrier <= barriers; barrier++) {
    if (barrier === failsAt) throw new Error("made to fail");
    // The later ones come, the longer the first must wait.
    for (let spin = ((barrier * 7 + index * 13) % 11) * 200; spin > 0; spin--) counted[threads]++;
    Atomics.store(counted, index, barrier);
    control.barrier();
    for (let other = 0; other < threads; other++) {
      if (Atomics.load(counted, other) < barrier) early++;
    }
    control.barrier();
  }
} catch (error) {
  control.fail();
  failure = error.message;
}
parentPort.postMessage({ early, last: counted[index], failure });
