/** `train-mnist recipes`: what there is for --recipe. */
import { measureInWords, recipes } from "../../recipes/index.js";
import { settingsInJson } from "../configuration/value.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";

export interface RecipesFlags {
  readonly json?: boolean;
}

export function listRecipes({ json }: RecipesFlags): ExitCode {
  for (const line of json ? inJson() : inText()) process.stdout.write(`${line}\n`);
  return exitCodes.success;
}

function inJson(): string[] {
  return recipes.map(({ name, settings, ...rest }) =>
    JSON.stringify({ name, settings: settingsInJson(settings), ...rest }),
  );
}

/** The recipes below their sources, each with its figures; those of our own beside other recipes first. */
function inText(): string[] {
  const width = Math.max(...recipes.map(({ name }) => name.length));
  let heading = "";
  return recipes.flatMap(({ name, figures, source, comparedWith }) => {
    const isBesideRecipe = recipes.some((each) => each.name === comparedWith);
    const above = isBesideRecipe ? OWN : `${source.title}\n${source.url}`;
    const isNew = above !== heading;
    const lines = isNew ? [...(heading ? [""] : []), ...above.split("\n")] : [];
    heading = above;
    const whose = isBesideRecipe ? `of ${comparedWith}` : "of another run; this one is our own";
    const cells = [...figures.map(measureInWords), ...(comparedWith === undefined ? [] : [whose])];
    const rows = cells.map((cell, i) => `  ${(i === 0 ? name : "").padEnd(width)}  ${cell}`);
    return [...lines, ...rows];
  });
}

const OWN = "Our own, chosen on validation images; the figures are of published runs";
