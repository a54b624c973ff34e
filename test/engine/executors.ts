/** The executors that must agree with the interpreter, and how far they may differ from it. */

import { type Executor, interpreter } from "../../src/autodiff/index.js";
import { type EngineOptions, engine } from "../../src/engine/index.js";

export interface Candidate {
  readonly name: string;
  readonly executor: Executor;
}

const variants: readonly [string, EngineOptions][] = [
  ["engine, 1 thread", { threads: 1 }],
  ["engine, 2 threads", { threads: 2 }],
  ["engine, 3 threads", { threads: 3 }],
];

export const blas = withBlas();

export const candidates: readonly Candidate[] = [
  { name: "interpreter", executor: interpreter },
  ...variants.map(([name, options]) => ({ name, executor: engine(options) })),
  ...(blas === undefined ? [] : [{ name: "BLAS, 2 threads", executor: blas }]),
];

function withBlas(): Executor | undefined {
  try {
    return engine({ threads: 2, backend: "blas" });
  } catch (error) {
    process.stderr.write(`tests with a native BLAS are SKIPPED: ${(error as Error).message}\n`);
    return undefined;
  }
}
