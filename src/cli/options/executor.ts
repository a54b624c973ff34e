/** The flags that choose what runs the programs of a training run. */
import type { Command } from "commander";
import { SettingOption } from "./option.js";
import { threads } from "./parsers.js";

export const executorNames = ["engine", "reference"] as const;
export const simdNames = ["auto", "128", "256"] as const;
export const backendNames = ["embedded", "blas"] as const;

export interface ExecutorFlags {
  readonly executor: (typeof executorNames)[number];
  readonly threads: number | "auto";
  readonly simd: (typeof simdNames)[number];
  readonly backend: (typeof backendNames)[number];
}

/**
 * Adds the flags to a command, each with its default. To see whether 256 bits work takes longer than a
 * short command takes in all.
 */
export function addExecutorOptions(
  command: Command,
  simd: ExecutorFlags["simd"] = "auto",
): Command {
  return command
    .addOption(
      new SettingOption(
        "--executor <name>",
        "compiled float32 engine, or the float64 interpreter",
        "means",
      )
        .choices(executorNames)
        .default("engine"),
    )
    .addOption(
      new SettingOption(
        "--threads <n>",
        "threads of the engine; auto uses as many as help",
        "means",
      )
        .argParser(threads)
        .default("auto"),
    )
    .addOption(
      new SettingOption(
        "--simd <bits>",
        "bits computed at once; auto takes 256 where Node.js can and results stay the same",
        "means",
      )
        .choices(simdNames)
        .default(simd),
    )
    .addOption(
      new SettingOption(
        "--backend <name>",
        "products by embedded kernels, or by a native BLAS",
        "means",
      )
        .choices(backendNames)
        .default("embedded"),
    );
}
