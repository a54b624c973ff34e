/** The executors that must agree with the interpreter, and how far they may differ from it. */

import { type Executor, interpreter } from "../../src/autodiff/index.js";
import { EngineError, type EngineOptions, engine } from "../../src/engine/index.js";

export interface Candidate {
  readonly name: string;
  readonly executor: Executor;
}

/** How many bits this Node can compute with at once. */
export const widths = ["128", ...(can256() ? ["256" as const] : [])] as const;

type Variant = readonly [string, EngineOptions];
const variants: readonly Variant[] = [
  ["engine, 1 thread", { threads: 1 }],
  ["engine, 2 threads", { threads: 2 }],
  ["engine, 3 threads", { threads: 3 }],
  ...widths
    .slice(1)
    .map((simd) => [`engine, 2 threads, ${simd} bits`, { threads: 2, simd }] as const),
];

export const blas = withBlas();

export const candidates: readonly Candidate[] = [
  { name: "interpreter", executor: interpreter },
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
