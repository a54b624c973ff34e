/** A loaded set of programs: their memory, their threads, and access to their variables. */
import type { FirstValue, Session, Variable } from "../../autodiff/index.js";
import type { Compiled } from "../compile.js";
import { instantiate } from "./kernels.js";
import { reserve } from "./memory.js";
import type { Compilation } from "./simd.js";
import { openStore, type Store } from "./store.js";
import { startThreads } from "./threads.js";

/**
 * Gives variables and constants their first values, then starts the threads: so the memory of the threads is not
 * needed at the same time as the arrays that the values come from.
 */
export function startSession(
  compiled: Compiled,
  initial: ReadonlyMap<Variable, FirstValue>,
  { module, simd }: Compilation,
  blas: string | undefined,
): Session {
  const memory = reserve(compiled.bytes);
  const kernels = instantiate(module, memory, simd);
  const store = openStore(memory.buffer, compiled, kernels);
  writeFirstValues(store, compiled, initial);
  const threads = startThreads(compiled, { module, memory, simd, blas }, kernels);
  return {
    threads: compiled.threads,
    simd,
    ...(threads.ready && { ready: threads.ready }),
    run: (program, times = 1) => threads.run(program, times),
    read: (variable) => store.read(variable),
    write: (variable, elements) => store.write(variable, elements),
    dispose: () => threads.stop(),
  };
}

/** Variables without a first value stay 0, like all new memory. */
function writeFirstValues(
  store: Store,
  { fixed }: Compiled,
  initial: ReadonlyMap<Variable, FirstValue>,
): void {
  for (const node of new Set([...fixed.keys()].map((value) => value.node))) {
    const first = node.kind === "constant" ? node.value.data : initial.get(node as Variable);
    if (first) store.write(node, typeof first === "function" ? first() : first);
  }
}
