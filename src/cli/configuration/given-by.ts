/** Which source gives each setting of a command. */
import type { Command, Option } from "commander";
import { DEFAULT_RECIPE, recipeNamed, saysHowToTrain } from "../../recipes/index.js";
import type { Given } from "./given.js";
import { type ConfigFlags, configurable } from "./options.js";

/** What is given by a configured command. */
export function givenBy(command: Command): Given {
  const { config, ...flags } = command.opts<ConfigFlags>();
  const source = (name: string) => command.getOptionValueSource(name);
  const ofRecipe = configurable(command).filter((option) => isFrom("recipe", option, command));
  const recipe = flags.recipe ?? (ofRecipe.length > 0 ? DEFAULT_RECIPE : undefined);
  const places: Readonly<Record<string, string>> = {
    default: " (the default)",
    env: " (of the environment)",
    config: ` (of ${config})`,
    recipe: ` (of the recipe ${recipe})`,
  };
  return {
    has: (name) => !["default", undefined].includes(source(name)),
    flag: (name) => command.options.find((option) => option.attributeName() === name)?.long ?? name,
    whence: (name) => places[source(name) ?? "default"] ?? "",
    ...(recipe !== undefined && { recipe: { name: recipe, except: exceptions(recipe, command) } }),
  };
}

function exceptions(recipe: string, command: Command): string[] {
  const { settings } = recipeNamed(recipe);
  return configurable(command)
    .filter((option) => !isFrom("recipe", option, command))
    .filter((option) => {
      const name = option.attributeName();
      return name in settings || (saysHowToTrain(name) && !isFrom("default", option, command));
    })
    .map((option) => option.long as string);
}

function isFrom(source: "recipe" | "default", option: Option, command: Command): boolean {
  return (command.getOptionValueSource(option.attributeName()) ?? "default") === source;
}
