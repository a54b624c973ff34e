/** The flags that choose what runs the programs of a training run. */
import { type Command, Option } from "commander";
import { threads } from "./parsers.js";

export interface ExecutorFlags {
  readonly executor: "engine" | "reference";
  readonly threads: number | "auto";
  readonly backend: "embedded" | "blas";
}

/** Adds the flags to a command, each with its default. */
export function addExecutorOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--executor <name>", "compiled float32 engine, or the float64 interpreter")
        .choices(["engine", "reference"])
        .default("engine"),
    )
    .addOption(
      new Option("--threads <n>", "threads of the engine; auto uses two where that is faster")
        .argParser(threads)
        .default("auto"),
    )
    .addOption(
      new Option("--backend <name>", "products by embedded kernels, or by a native BLAS")
        .choices(["embedded", "blas"])
        .default("embedded"),
    );
}
