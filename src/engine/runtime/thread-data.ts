/** What each thread is given, and how it gets ready for it. */
import type { Call } from "../instructions.js";
import { blasLinker } from "./blas.js";
import type { Control } from "./control.js";
import { embeddedLinker, type Kernels, type Simd } from "./kernels.js";
import { link } from "./linking.js";

/** What a thread is started with. */
export interface ThreadData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly simd: Simd;
  /** The words of the {@link Control} that all threads share. */
  readonly control: ArrayBufferLike;
  readonly threads: number;
  /** The calls of each program that are this thread's to make. */
  readonly calls: readonly (readonly Call[])[];
  /** The file of the native BLAS, if one is used. */
  readonly blas: string | undefined;
}

/** The programs, each a function that runs it so many times, by kernels over the memory that it is given. */
export function prepare(
  { memory, calls, blas }: ThreadData,
  kernels: Kernels,
  control: Control,
): ((times: number) => void)[] {
  const embedded = embeddedLinker(kernels);
  const linker = blas === undefined ? embedded : blasLinker(blas, memory.buffer, embedded);
  return calls.map((list) => link(list, linker, () => control.barrier()));
}
