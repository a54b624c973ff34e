/** The flags that say where the settings of a run come from. */
import type { Command, Option } from "commander";

/** What these flags say; they are no settings themselves. */
export interface ConfigFlags {
  readonly recipe?: string;
  readonly config?: string;
  readonly printConfig?: boolean;
}

/**
 * Adds the flags to a command. Every option that the command has had before is from now on a
 * setting of a run: recipes, configuration files and the environment may name it. Those that are
 * added later are of one invocation: only flags can give them.
 */
export function addConfigOptions(command: Command): Command {
  command.options.forEach(rememberWords);
  return command
    .option("--recipe <name>", "settings of a published run: see train-mnist recipes")
    .option("--config <file>", "take settings from this JSON file; names as those of the flags")
    .option("--print-config", "print all settings in force as such a file, train nothing");
}

/** The options of a command that are settings of a run. */
export function configurable({ options }: Command): readonly Option[] {
  return options.slice(
    0,
    options.findIndex(({ long }) => long === "--recipe"),
  );
}

const words = new WeakMap<object, string>();

/** The word from which a parser of a setting has made an object. */
export function wordOf(value: object): string | undefined {
  return words.get(value);
}

function rememberWords(option: Option): void {
  const { parseArg: parse } = option;
  if (parse === undefined) return;
  option.argParser((word, previous) => {
    const value: unknown = parse(word, previous);
    if (typeof value === "object" && value !== null) words.set(value, word);
    return value;
  });
}
