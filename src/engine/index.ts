/** The compiled engine: programs as lists of WebAssembly kernel calls over one memory. */
import {
  checkedExecutor,
  type Executor,
  type FirstValue,
  type Program,
  type Session,
  type Variable,
} from "../autodiff/index.js";
import { expectObject, shown } from "../given.js";
import { sharesMemory } from "../platform/memory.js";
import { compile } from "./compile.js";
import { EngineError } from "./errors.js";
import { threadsFor } from "./layout/threads.js";
import { findBlas } from "./runtime/blas.js";
import { kernelSizes } from "./runtime/kernels.js";
import { firstValuesOf, startSession } from "./runtime/session.js";
import { compileFor, type SimdOption } from "./runtime/simd.js";

export { EngineError, type EngineRemedy, UnsupportedError } from "./errors.js";

/** How the engine runs programs. None of it changes a bit of the results, but for `backend: "blas"`. */
export interface EngineOptions {
  /** How many threads, from 1 on; or `auto`, the default: as many of `processors` as make these programs faster. */
  readonly threads?: number | "auto";
  /** Dense products by the embedded kernels, the default, or by a native BLAS. */
  readonly backend?: "embedded" | "blas";
  /**
   * How many bits an instruction computes at once: 128 unless given. 256 takes Node.js 24, 25 or 26 on an x64
   * processor with AVX2; `auto` uses it where it is possible. For it, flags of V8 are changed for about 50
   * milliseconds.
   */
  readonly simd?: SimdOption;
  /** The file of the BLAS; looked for in the usual places unless given. */
  readonly blasFile?: string | undefined;
  /** How many processors `auto` may use, from 1 on: 1 unless given, so that it is one thread. */
  readonly processors?: number;
}

/**
 * An executor in float32. With the embedded kernels its results have the same bits on every machine
 * and for every number of threads. Products with batches of bytes, masked or not, and large ones with
 * the outputs of ReLU units, skip zeros: there, 0 · ∞ may be 0, while it is NaN in all others.
 *
 * Throws an {@link EngineError} if a native BLAS or 256 bits are asked for and cannot be used, and an
 * {@link UnsupportedError} where the engine cannot run at all; a RangeError if there is no such number of
 * threads or processors, no such backend or no such `simd`.
 */
export function engine(options: EngineOptions = {}): Executor {
  expectObject("engine: the options", options, "an object, such as { threads: 2 }");
  const {
    threads = "auto",
    backend = "embedded",
    simd = "128",
    blasFile,
    processors = 1,
  } = options;
  expectOneOf("backend", backend, ["embedded", "blas"]);
  expectOneOf("simd", simd, ["auto", "128", "256"]);
  if (threads !== "auto") expectCount("threads", threads, "auto or a whole number");
  expectCount("processors", processors, "a whole number");
  if (!sharesMemory && threads !== "auto" && threads > 1) {
    throw new EngineError(
      "threads need memory that they share, which a page has only if it is isolated from others (crossOriginIsolated): use one thread",
      { remedy: "one thread" },
    );
  }
  const blas = backend === "blas" ? findBlas(blasFile) : undefined;
  const compilation = compileFor(simd);
  const target = {
    skipsZeros: blas === undefined,
    threadsFor: (flops: readonly number[]) =>
      threads === "auto"
        ? threadsFor(flops, sharesMemory ? processors : 1)
        : flops.map(() => threads),
    ...kernelSizes(),
  };
  return checkedExecutor({
    name: backend === "blas" ? "blas" : "engine",
    load<Name extends string>(
      programs: Readonly<Record<Name, Program>>,
      initial: ReadonlyMap<Variable, FirstValue>,
    ): Session<Name> {
      const first = firstValuesOf(initial);
      return startSession(compile(programs, target), first, compilation, blas);
    },
  });
}

function expectCount(option: string, count: number, expected: string): void {
  if (Number.isSafeInteger(count) && count >= 1) return;
  throw new RangeError(`engine: ${option} should be ${expected} from 1 on, not ${shown(count)}`);
}

function expectOneOf(option: string, choice: string, choices: readonly string[]): void {
  if (choices.includes(choice)) return;
  const quoted = choices.map((each) => JSON.stringify(each)).join(", ");
  throw new RangeError(`engine: ${option} should be one of ${quoted}, not ${shown(choice)}`);
}
