/** A loaded set of programs: their memory, their threads, and access to their variables. */
import { Worker } from "node:worker_threads";
import type { Elements, Session, Variable } from "../../autodiff/index.js";
import type { Compiled } from "../compile.js";
import { EngineError } from "../errors.js";
import { blasLinker } from "./blas.js";
import { Control, STOP } from "./control.js";
import { embeddedLinker, instantiate, kernelModule } from "./kernels.js";
import { link } from "./linking.js";
import { openStore } from "./store.js";
import type { Assignment } from "./worker.js";

const PAGE_BYTES = 65_536;

/** Starts the threads, and gives variables and constants their first values. */
export function startSession(
  compiled: Compiled,
  initial: ReadonlyMap<Variable, Elements>,
  blas: string | undefined,
): Session {
  const { calls, threads, fixed, bytes } = compiled;
  const memory = reserve(bytes);
  const module = kernelModule();
  const kernels = instantiate(module, memory);

  const names = [...calls.keys()];
  const perThread = [...calls.values()];
  const control = new Control(threads);
  const callsOf = (thread: number) => perThread.map((lists) => lists[thread] ?? []);
  for (let thread = 1; thread < threads; thread++) {
    const workerData: Assignment = {
      ...{ module, memory, threads, blas },
      control: control.shared,
      calls: callsOf(thread),
    };
    const worker = startThread(workerData);
    // That a thread has failed is known from the control words; nobody waits for this event.
    worker.on("error", () => control.fail());
    worker.unref();
  }

  const store = openStore(memory.buffer, compiled, kernels);
  for (const node of new Set([...fixed.keys()].map((value) => value.node))) {
    if (node.kind === "constant") store.write(node, node.value.data);
    if (node.kind === "variable" && initial.has(node)) store.write(node, initial.get(node)!);
  }

  const embedded = embeddedLinker(kernels);
  const linker = blas === undefined ? embedded : blasLinker(blas, memory.buffer, embedded);
  const programs = callsOf(0).map((list) => link(list, linker, () => control.meet()));
  const missing = ({ name }: Variable) => new Error(`no loaded program uses the variable ${name}`);
  return {
    run(name, times = 1) {
      const program = names.indexOf(name);
      const isShared = (perThread[program]?.length ?? 1) > 1;
      if (isShared) control.start({ program, times });
      try {
        programs[program]?.(times);
        if (isShared) control.meet();
      } catch (error) {
        // The others are at another point of the program now, and cannot be met again.
        control.fail();
        throw error;
      }
    },
    read(variable) {
      const elements = store.read(variable);
      if (elements === undefined) throw missing(variable);
      return elements;
    },
    write(variable, elements) {
      if (!store.write(variable, elements)) throw missing(variable);
    },
    dispose() {
      if (threads > 1) control.start({ program: STOP, times: 0 });
    },
  };
}

function startThread(workerData: Assignment): Worker {
  try {
    return new Worker(new URL("./worker.js", import.meta.url), { workerData });
  } catch (cause) {
    const { message } = cause as Error;
    throw new EngineError(
      `a thread of the engine cannot be started (${message}): try --threads 1`,
      {
        cause,
      },
    );
  }
}

/** A memory of a fixed size; a page of it takes room only once it is used. */
function reserve(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (cause) {
    const needed = Math.ceil(bytes / 2 ** 20).toLocaleString("en-US");
    throw new EngineError(
      `the engine needs ${needed} MiB of memory, which cannot be had here (it can address 4,096 at most): choose a smaller network or data set`,
      { cause },
    );
  }
}
