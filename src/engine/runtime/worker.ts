/** A thread of the engine: waits for rounds of work, and does its share of each. */
import { workerData } from "node:worker_threads";
import type { Call } from "../compile.js";
import { blasLinker } from "./blas.js";
import { Control, STOP } from "./control.js";
import { embeddedLinker, instantiate } from "./kernels.js";
import { link } from "./linking.js";

/** What a thread is given. */
export interface Assignment {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  readonly threads: number;
  /** The calls of each program. */
  readonly calls: readonly (readonly Call[])[];
  /** The file of the native BLAS, if one is used. */
  readonly blas: string | undefined;
}

const { module, memory, control: shared, threads, calls, blas } = workerData as Assignment;
const control = new Control(threads, shared);
process.on("exit", () => control.fail());
try {
  const embedded = embeddedLinker(instantiate(module, memory));
  const linker = blas === undefined ? embedded : blasLinker(blas, memory.buffer, embedded);
  const programs = calls.map((list) => link(list, linker, () => control.meet()));
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
