/** Which source gives each setting, for messages and for what depends on it. */
import type { Command } from "commander";
import { DEFAULT_RECIPE } from "../../recipes/index.js";
import { type SettingOption, settingOptions } from "../options/option.js";
import type { ConfigFlags } from "./options.js";
import { recipeNamed } from "./recipe-named.js";

export interface Given {
  /** Whether a flag, or another source than the defaults, gives a setting. */
  has(name: string): boolean;
  /** Whether the user gives it, by a flag, the environment or a file, and not a recipe. */
  byUser(name: string): boolean;
  /** Whether a flag on the command line gives it. */
  byFlag(name: string): boolean;
  /** A remark on where the value comes from, unless it was a flag: ` (of the recipe best)`. */
  source(name: string): string;
  readonly recipe?: Followed;
  /** Where there is no recipe: the settings that have switched the default one off. */
  readonly plain?: readonly string[];
}

/** The recipe of a run. */
export interface Followed {
  readonly name: string;
  /** The flags of the training settings that the run has from elsewhere. */
  readonly except: readonly string[];
}

/** What is given where there are no flags. */
export const NOTHING: Given = {
  has: () => false,
  byUser: () => false,
  byFlag: () => false,
  source: () => "",
};

/** What is given by a command whose sources have been merged. */
export function givenBy(command: Command): Given {
  const { config, ...flags } = command.opts<ConfigFlags>();
  const source = (name: string) => command.getOptionValueSource(name) ?? "default";
  const isFrom = (from: string) => (option: SettingOption) =>
    source(option.attributeName()) === from;
  const settings = settingOptions(command);
  const recipe = flags.recipe ?? (settings.some(isFrom("recipe")) ? DEFAULT_RECIPE : undefined);
  const remarks: Readonly<Record<string, string>> = {
    default: " (the default)",
    env: " (of the environment)",
    config: ` (of ${config})`,
    recipe: ` (of the recipe ${recipe})`,
  };
  const given: Given = {
    has: (name) => source(name) !== "default",
    byUser: (name) => !["default", "recipe"].includes(source(name)),
    byFlag: (name) => source(name) === "cli",
    source: (name) => remarks[source(name)] ?? "",
  };
  if (recipe === undefined) {
    const methods = settings
      .filter(({ role }) => role === "method")
      .filter((o) => !isFrom("default")(o));
    return { ...given, plain: methods.map((option) => option.attributeName()) };
  }
  const ofRecipe = recipeNamed(recipe).settings;
  const except = settings
    .filter((option) => !isFrom("recipe")(option))
    .filter((option) => {
      const isGiven = option.role === "method" && !isFrom("default")(option);
      return option.attributeName() in ofRecipe || isGiven;
    })
    .map((option) => option.long as string);
  return { ...given, recipe: { name: recipe, except } };
}
