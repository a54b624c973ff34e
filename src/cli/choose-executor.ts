/** What runs the programs of a training run. */
import { availableParallelism } from "node:os";
import { type Executor, interpreter } from "../autodiff/index.js";
import { engine, UnsupportedError } from "../engine/index.js";
import { UsageError } from "./errors/kinds.js";
import type { ExecutorFlags } from "./options/executor.js";

/** The environment variable that names the file of a native BLAS. */
const BLAS_VARIABLE = "TRAIN_MNIST_BLAS";

/**
 * The executor that the flags choose. Where the engine cannot run it is the interpreter, and a line on
 * stderr says so. Throws a {@link UsageError} if the flags do not go together, and an EngineError if a
 * native BLAS is asked for and cannot be used.
 */
export function chooseExecutor(
  { executor, threads, simd, backend }: ExecutorFlags,
  env: NodeJS.ProcessEnv,
): Executor {
  if (executor === "engine") {
    const blasFile = env[BLAS_VARIABLE];
    try {
      return engine({ threads, simd, backend, blasFile, processors: availableParallelism() });
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      process.stderr.write(`${error.message}; the interpreter does, far more slowly\n`);
      return interpreter;
    }
  }
  const flag =
    (backend !== "embedded" && "--backend") ||
    (threads !== "auto" && "--threads") ||
    (simd === "256" && "--simd");
  if (flag) {
    throw new UsageError(`${flag} is for --executor engine, not for the reference interpreter`);
  }
  return interpreter;
}
