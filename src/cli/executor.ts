/** What runs the programs of a training run. */
import { availableParallelism } from "node:os";
import { type Executor, interpreter } from "../autodiff/index.js";
import { BLAS_VARIABLE, engine } from "../engine/index.js";
import { SettingsError } from "../training/index.js";
import type { ExecutorFlags } from "./executor-options.js";

/**
 * The executor that the flags choose. Throws a SettingsError if they do not go together, and a
 * EngineError if a native BLAS is asked for and cannot be used.
 */
export function chooseExecutor(
  { executor, threads, backend }: ExecutorFlags,
  env: NodeJS.ProcessEnv,
): Executor {
  if (executor === "engine") {
    const blasFile = env[BLAS_VARIABLE];
    return engine({ threads, backend, blasFile, processors: availableParallelism() });
  }
  if (backend !== "embedded" || threads !== "auto") {
    const flag = backend === "embedded" ? "--threads" : "--backend";
    throw new SettingsError(`${flag} is for --executor engine, not for the reference interpreter`);
  }
  return interpreter;
}
