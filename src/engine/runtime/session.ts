/** A loaded set of programs: their memory, their threads, and access to their variables. */
import type { Elements, FirstValue, Node, Session, Variable } from "../../autodiff/index.js";
import { size } from "../../autodiff/matrix.js";
import type { Compiled } from "../compile.js";
import { FLOAT_BYTES } from "../values.js";
import { instantiate } from "./kernels.js";
import { expectAddressable, reserve } from "./memory.js";
import type { Compilation } from "./simd.js";
import { openStore, type Store } from "./store.js";
import { startThreads } from "./threads.js";

/**
 * Gives variables and constants their first values, then starts the threads: so the memory of the threads is not
 * needed at the same time as the arrays that the values come from.
 */
export function startSession(
  compiled: Compiled,
  first: ReadonlyMap<Node, Elements>,
  { module, simd }: Compilation,
  blas: string | undefined,
): Session {
  const memory = reserve(compiled.bytes);
  const kernels = instantiate(module, memory, simd);
  const store = openStore(memory.buffer, compiled, kernels);
  writeFirstValues(store, compiled, first);
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

/**
 * What variables hold first. Functions that give it are called once it is known that the variables have addresses,
 * but before the rest is compiled: so what both use for a while is not needed at the same time.
 */
export function firstValuesOf(
  initial: ReadonlyMap<Variable, FirstValue>,
): ReadonlyMap<Node, Elements> {
  const sizes = [...initial.keys()].map(({ shape, storage }) =>
    storage === "byte" ? size(shape) : FLOAT_BYTES * size(shape),
  );
  expectAddressable(sizes.reduce((sum, bytes) => sum + bytes, 0));
  const called = [...initial].map(
    ([variable, first]) => [variable, typeof first === "function" ? first() : first] as const,
  );
  return new Map(called);
}

/** Variables without a first value stay 0, like all new memory. */
function writeFirstValues(
  store: Store,
  { fixed }: Compiled,
  first: ReadonlyMap<Node, Elements>,
): void {
  for (const node of new Set([...fixed.keys()].map((value) => value.node))) {
    const elements = node.kind === "constant" ? node.value.data : first.get(node);
    if (elements !== undefined) store.write(node, elements);
  }
}
