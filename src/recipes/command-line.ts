/** The command that trains with given settings: a recipe, and what differs from it. */
import { isIdle } from "../training/settings/idle.js";
import { completeSettings, defaults, type Settings } from "../training/settings/settings.js";
import { DEFAULT_RECIPE, recipes } from "./index.js";
import { asFlags, flagOf, wordOf } from "./words.js";

/**
 * The arguments of the command that has these settings: none for the default recipe.
 *
 * @param recipe the name of the one that the settings were begun with, if they were
 */
export function argumentsFor(settings: Settings, recipe: string | undefined): string {
  const begun = recipes.find(({ name }) => name === recipe);
  const base = begun && completeSettings(begun.settings);
  // No flag takes away what a recipe has.
  const lacks = base && entriesOf(base).some(([name]) => settings[name] === undefined);
  if (base === undefined || lacks) return plain(settings);
  const differing = asFlags(differences(settings, base));
  if (differing === "" && recipe === DEFAULT_RECIPE) return "";
  return [`${flagOf("recipe")} ${recipe}`, differing].filter(Boolean).join(" ");
}

/** Without a recipe; the learning rate is always said, as it is a setting with which no recipe applies. */
function plain(settings: Settings): string {
  const { learningRate } = settings;
  return asFlags({ learningRate, ...differences(settings, { ...defaults, learningRate }) });
}

/** But for what has no effect, which the command refuses. */
function differences(settings: Settings, base: Settings): Partial<Settings> {
  const differing = entriesOf(settings).filter(
    ([name, value]) => wordOf(value) !== wordOf(base[name]) && !isIdle(name, settings),
  );
  return Object.fromEntries(differing);
}

function entriesOf(settings: Settings): [keyof Settings, unknown][] {
  const entries = Object.entries(settings) as [keyof Settings, unknown][];
  return entries.filter(([, value]) => value !== undefined);
}
