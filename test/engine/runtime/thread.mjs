/** A thread that meets others through Control, for its test. */
import { parentPort, workerData } from "node:worker_threads";

const { module, shared, threads, index, counts, meetings, failsAt } = workerData;
const { Control } = await import(module);
const control = new Control(threads, shared);
const counted = new Int32Array(counts);
let early = 0;
let failure;
try {
  for (let meeting = 1; meeting <= meetings; meeting++) {
    if (meeting === failsAt) throw new Error("made to fail");
    // The later ones come, the longer the first must wait.
    for (let spin = ((meeting * 7 + index * 13) % 11) * 200; spin > 0; spin--) counted[threads]++;
    Atomics.store(counted, index, meeting);
    control.meet();
    for (let other = 0; other < threads; other++) {
      if (Atomics.load(counted, other) < meeting) early++;
    }
    control.meet();
  }
} catch (error) {
  control.fail();
  failure = error.message;
}
parentPort.postMessage({ early, last: counted[index], failure });
