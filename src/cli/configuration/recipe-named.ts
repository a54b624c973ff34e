/** A recipe by the name that a user has written. */
import { type Recipe, recipes } from "../../recipes/index.js";
import { UsageError } from "../errors/kinds.js";
import { didYouMean } from "../errors/nearest.js";

/** Throws a {@link UsageError} that suggests others if there is no recipe of this name. */
export function recipeNamed(name: string): Recipe {
  const recipe = recipes.find((each) => each.name === name);
  if (recipe !== undefined) return recipe;
  const names = recipes.map((each) => each.name);
  const advice = didYouMean(name, names) ?? "train-mnist recipes lists them";
  throw new UsageError(`there is no recipe ${name}; ${advice}`);
}
