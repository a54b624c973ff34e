/** All recipes, by their names. */

import { nearest } from "../cli/errors/nearest.js";
import { SettingsError } from "../training/errors.js";
import { nielsen } from "./nielsen.js";
import { own } from "./own.js";
import { papers } from "./papers.js";
import type { Recipe } from "./recipe.js";

export { DEFAULT_RECIPE, saysHowToTrain } from "./own.js";
export { type Figure, measureInWords, type Recipe, type Source } from "./recipe.js";

export const recipes: readonly Recipe[] = [...own, ...nielsen, ...papers];

/** Those of less than a minute, which are repeated without being named. */
export const quickRecipes = recipes.filter(({ seconds }) => seconds < 60);

/** Throws a SettingsError that suggests others if there is no recipe of this name. */
export function recipeNamed(name: string): Recipe {
  const recipe = recipes.find((each) => each.name === name);
  if (recipe !== undefined) return recipe;
  const near = nearest(
    name,
    recipes.map((each) => each.name),
  );
  throw new SettingsError(
    near.length > 0
      ? `there is no recipe ${name}; did you mean ${near.join(" or ")}?`
      : `there is no recipe ${name}; train-mnist recipes lists them`,
  );
}
