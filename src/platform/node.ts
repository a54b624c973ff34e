/** Node.js as a {@link Platform}. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { arch, versions } from "node:process";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { parentPort, Worker, workerData } from "node:worker_threads";
import type { Platform, WorkerConstructor } from "./platform.js";

/**
 * The versions of V8 with which merging vectors has been seen to work: those of Node.js 24, 25 and 26.
 * Others may not know the flags, or break off.
 */
const V8_THAT_MERGES = /^(13\.6|14\.1|14\.6)\./;

/**
 * The flags by which V8 merges vectors, and by which a function is optimised when it has run once, while
 * its caller waits; and their defaults in these versions.
 */
const MERGING = ["experimental-wasm-revectorize", "wasm-sync-tier-up", "wasm-tiering-budget=1"];
const AS_USUAL = [
  ...["no-experimental-wasm-revectorize", "no-wasm-sync-tier-up"],
  "wasm-tiering-budget=13000000",
];

function setFlags(names: readonly string[]): void {
  setFlagsFromString(names.map((name) => `--${name}`).join(" "));
}

/** Node.js has no `Worker` of the web. While one is made, it has: its own kind, which is given the data. */
function makeWorker(make: () => unknown, data: unknown): Worker {
  const web = globalThis as { Worker?: WorkerConstructor };
  const before = Object.getOwnPropertyDescriptor(web, "Worker");
  const ours = class extends Worker {
    constructor(script: URL) {
      super(script, { workerData: data });
    }
  };
  Object.defineProperty(web, "Worker", { value: ours, configurable: true });
  try {
    return make() as Worker;
  } finally {
    if (before === undefined) delete web.Worker;
    else Object.defineProperty(web, "Worker", before);
  }
}

const platform: Platform = {
  sha256(pieces) {
    const hash = createHash("sha256");
    for (const piece of pieces) {
      hash.update(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
    }
    return hash.digest("hex");
  },

  nextTurn: () => setImmediate(),

  mergingVectors(work) {
    if (arch !== "x64" || !V8_THAT_MERGES.test(versions.v8)) return undefined;
    setFlags(MERGING);
    try {
      return work();
    } finally {
      setFlags(AS_USUAL);
    }
  },

  readBytes: (file) => readFileSync(file),

  fileExists: (name) => existsSync(name),

  nativePackage: (name) => createRequire(import.meta.url)(name),

  processors: () => availableParallelism(),

  startThread(make, data, onFailure = () => {}) {
    const worker = makeWorker(make, data);
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

  onStart(work) {
    work(workerData);
  },

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

export const { sha256, nextTurn, mergingVectors, readBytes, fileExists, nativePackage } = platform;
export const { processors, startThread, onStart, answer, atThreadEnd } = platform;
