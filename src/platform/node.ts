/** Node.js as a {@link Platform}. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { parentPort, Worker, workerData } from "node:worker_threads";
import type { Platform } from "./platform.js";

const platform: Platform = {
  sha256(pieces) {
    const hash = createHash("sha256");
    for (const piece of pieces) {
      hash.update(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
    }
    return hash.digest("hex");
  },

  nextTurn: () => setImmediate(),

  readBytes: (file) => readFileSync(file),

  startThread(script, data, onFailure = () => {}) {
    const worker = new Worker(script, { workerData: data });
    let failure: Error | undefined;
    worker.on("error", (error: Error) => {
      failure = error;
      onFailure();
    });
    worker.unref();
    return {
      async ask(message) {
        if (failure !== undefined) throw failure;
        worker.ref();
        worker.postMessage(message);
        await once(worker, "message");
        worker.unref();
      },
      end() {
        void worker.terminate();
      },
    };
  },

  threadData: () => workerData,

  answer(work) {
    parentPort?.on("message", (message: unknown) => {
      work(message);
      parentPort?.postMessage(undefined);
    });
  },

  atThreadEnd(action) {
    process.on("exit", action);
  },
};

export const { sha256, nextTurn, readBytes, startThread, threadData, answer, atThreadEnd } =
  platform;
