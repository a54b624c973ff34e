/** Which flags a user has typed: a flag that has no effect is refused, but a default never is. */
import type { Command } from "commander";

/** The attributes of the flags that stand on the command line, such as `dataDir`. */
export function typedFlags(command: Command): readonly string[] {
  return command.options
    .map((option) => option.attributeName())
    .filter((name) => command.getOptionValueSource(name) === "cli");
}
