/** Kernel calls made ready: each list of calls becomes one WebAssembly function. */
import { moduleOfCalls } from "./module-of-calls.js";

/** A kernel call; `null` where all threads wait for each other. */
export type Call = {
  readonly kernel: string;
  readonly args: readonly number[];
  /** Of the whole instruction, whichever share of it this call computes. */
  readonly flops: number;
} | null;

/** A function, and what to call it with: 32-bit integers. */
export interface Callee {
  readonly target: (...args: number[]) => void;
  readonly args: readonly number[];
}

export type Linker = (kernel: string, args: readonly number[]) => Callee;

/**
 * A function that makes all calls of a list, so many times over; where threads wait for each other,
 * `wait` is called. A call from WebAssembly to WebAssembly takes a fraction of one from JavaScript.
 */
export function link(
  calls: readonly Call[],
  linker: Linker,
  wait: () => void,
): (times: number) => void {
  const callees = calls.map((call) =>
    call === null ? { target: wait, args: [] } : linker(call.kernel, call.args),
  );
  const parameters = new Map(callees.map(({ target, args }) => [target, args.length]));
  const targets = [...parameters.keys()];
  const bytes = moduleOfCalls(
    [...parameters.values()],
    callees.map(({ target, args }) => ({ target: targets.indexOf(target), args })),
  );
  const imports = { targets: Object.fromEntries(targets.entries()) };
  const { repeat } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
  return repeat as (times: number) => void;
}
