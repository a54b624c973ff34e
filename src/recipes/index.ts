/** All recipes. */
import { nielsen } from "./nielsen.js";
import { own } from "./own.js";
import { papers } from "./papers.js";
import type { Recipe } from "./recipe.js";

export { DEFAULT_RECIPE } from "./own.js";
export { type Figure, measureInWords, type Recipe, type Source } from "./recipe.js";

export const recipes: readonly Recipe[] = [...own, ...nielsen, ...papers];

/** Those of less than a minute, which are repeated without being named. */
export const quickRecipes = recipes.filter(({ seconds }) => seconds < 60);
