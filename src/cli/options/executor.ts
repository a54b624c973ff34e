/** The flags that choose what runs the programs of a training run. */
import type { Command } from "commander";
import { SettingOption } from "./option.js";
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
      new SettingOption(
        "--executor <name>",
        "compiled float32 engine, or the float64 interpreter",
        "means",
      )
        .choices(["engine", "reference"])
        .default("engine"),
    )
    .addOption(
      new SettingOption(
        "--threads <n>",
        "threads of the engine; auto uses two where that is faster",
        "means",
      )
        .argParser(threads)
        .default("auto"),
    )
    .addOption(
      new SettingOption(
        "--backend <name>",
        "products by embedded kernels, or by a native BLAS",
        "means",
      )
        .choices(["embedded", "blas"])
        .default("embedded"),
    );
}
