/** The executors that must agree with the interpreter, and how far they may differ from it. */

import { type Executor, interpreter } from "../../src/autodiff/index.js";
import { EngineError, type EngineOptions, engine } from "../../src/engine/index.js";

export interface Candidate {
  readonly name: string;
  readonly executor: Executor;
}

/** Whether only 256 bits are asked for, where another Node has all else behind it. */
const { ONLY_256 } = process.env;

/** How many bits this Node can compute with at once, as far as that is asked for. */
export const widths = [
  ...(ONLY_256 ? [] : ["128" as const]),
  ...(can256() ? ["256" as const] : []),
];

type Variant = readonly [string, EngineOptions];
const variants: readonly Variant[] = widths.flatMap((simd): Variant[] =>
  simd === "256"
    ? [["engine, 2 threads, 256 bits", { threads: 2, simd }]]
    : [1, 2, 3].map((threads) => [
        `engine, ${threads} thread${threads > 1 ? "s" : ""}`,
        { threads },
      ]),
);

export const blas = withBlas();

export const candidates: readonly Candidate[] = [
  ...(ONLY_256 ? [] : [{ name: "interpreter", executor: interpreter }]),
  ...variants.map(([name, options]) => ({ name, executor: engine(options) })),
  ...(blas === undefined ? [] : [{ name: "BLAS, 2 threads", executor: blas }]),
];

function can256(): boolean {
  try {
    engine({ simd: "256" });
    return true;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    process.stderr.write(`tests with 256 bits are SKIPPED: ${error.message}\n`);
    return false;
  }
}

function withBlas(): Executor | undefined {
  try {
    return engine({ threads: 2, backend: "blas" });
  } catch (error) {
    process.stderr.write(`tests with a native BLAS are SKIPPED: ${(error as Error).message}\n`);
    return undefined;
  }
}
