/** Deforming images on a thread of its own. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Workshop } from "./workshop.js";

export interface Thread {
  /** Resolves when the images are deformed for an epoch. */
  deform(epoch: number): Promise<void>;
  end(): void;
}

/** Undefined where threads are not permitted. The thread keeps the process only while it is at work. */
export function startThread(workerData: Workshop): Thread | undefined {
  let worker: Worker;
  try {
    worker = new Worker(new URL("./worker.js", import.meta.url), { workerData });
  } catch {
    return undefined;
  }
  worker.unref();
  return {
    async deform(epoch) {
      worker.ref();
      worker.postMessage(epoch);
      await once(worker, "message");
      worker.unref();
    },
    end() {
      void worker.terminate();
    },
  };
}
