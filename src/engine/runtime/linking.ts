/** Kernel calls made ready: each list of calls becomes one WebAssembly function. */
import { isLoop, type Loop } from "../instructions.js";
import type { KernelCall } from "../signatures.js";
import { allocated } from "./memory.js";
import { moduleOfCalls } from "./module-of-calls.js";

/** A function, and what to call it with: 32-bit integers. */
export interface Callee {
  readonly target: (...args: number[]) => void;
  readonly args: readonly number[];
}

/** What a module of calls exports. */
interface Repeated {
  readonly repeat: (times: number) => void;
}

export type Linker<Call = KernelCall> = (call: Call) => Callee;

/**
 * A function that makes all calls of a list, `times` times; where the list has `null`, threads wait
 * for each other, and `wait` is called. A call from WebAssembly to WebAssembly takes a fraction of one from JavaScript.
 */
export function link<Call extends object>(
  calls: readonly (Call | Loop<Call> | null)[],
  linker: Linker<Call>,
  wait: () => void,
): (times: number) => void {
  const callees = calls.map((call) => {
    if (call === null) return { target: wait, args: [] };
    return isLoop(call) ? eachOf(call, linker) : linker(call);
  });
  const parameters = new Map(
    callees
      .flatMap((callee) => (isLoop(callee) ? callee.calls.map(([first]) => first) : [callee]))
      .map(({ target, args }) => [target, args.length]),
  );
  const targets = [...parameters.keys()];
  const numbered = ({ target, args }: Callee) => ({ target: targets.indexOf(target), args });
  const bytes = moduleOfCalls(
    [...parameters.values()],
    callees.map((callee) => (isLoop(callee) ? eachOf(callee, numbered) : numbered(callee))),
  );
  const imports = { targets: Object.fromEntries(targets.entries()) };
  const { exports } = allocated(
    "its programs",
    () => new WebAssembly.Instance(new WebAssembly.Module(bytes), imports),
  );
  return (exports as unknown as Repeated).repeat;
}

/** A loop with something else in the place of each call. */
function eachOf<T, U>({ times, calls }: Loop<T>, other: (call: T) => U): Loop<U> {
  return { times, calls: calls.map(([first, second]) => [other(first), other(second)]) };
}
