/** A recipe by the name that a user has written. */
import { type Recipe, recipes } from "../../recipes/index.js";
import { UsageError } from "../errors/kinds.js";
import { nearest } from "../errors/nearest.js";

/** Throws a {@link UsageError} that suggests others if there is no recipe of this name. */
export function recipeNamed(name: string): Recipe {
  const recipe = recipes.find((each) => each.name === name);
  if (recipe !== undefined) return recipe;
  const names = recipes.map((each) => each.name);
  const near = nearest(name, names);
  throw new UsageError(
    near.length > 0
      ? `there is no recipe ${name}; did you mean ${near.join(" or ")}?`
      : `there is no recipe ${name}; train-mnist recipes lists them`,
  );
}
