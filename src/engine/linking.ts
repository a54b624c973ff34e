/** Kernel calls made ready, so that nothing remains but to make them. */

/** A kernel call; `null` where all threads wait for each other. */
export type Call = {
  readonly kernel: string;
  readonly args: readonly number[];
  /** Of the whole instruction, whichever share of it this call computes. */
  readonly flops: number;
} | null;

export type Linker = (kernel: string, args: readonly number[]) => () => void;

/** The calls of a list, linked; where threads wait for each other, `wait` is called. */
export function link(calls: readonly Call[], linker: Linker, wait: () => void): (() => void)[] {
  return calls.map((call) => (call === null ? wait : linker(call.kernel, call.args)));
}

/** Makes all calls of a list, `times` over. */
export function repeat(calls: readonly (() => void)[], times: number): void {
  for (let time = 0; time < times; time++) {
    for (let k = 0; k < calls.length; k++) (calls[k] as () => void)();
  }
}
