/** The flags that say where the settings of a run come from. */
import type { Command } from "commander";
import { path } from "../options/parsers.js";

/** What these flags say; they are no settings themselves. */
export interface ConfigFlags {
  readonly recipe?: string;
  readonly config?: string;
  readonly printConfig?: boolean;
}

/** Adds the flags to a command. */
export function addConfigOptions(command: Command): Command {
  return command
    .option("--recipe <name>", "settings of a published run: see train-mnist recipes")
    .option(
      "--config <file>",
      "take settings from this JSON file; names as those of the flags",
      path,
    )
    .option("--print-config", "print all settings in force as such a file, train nothing");
}
