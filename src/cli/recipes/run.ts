/** `train-mnist recipes`: what there is for --recipe. */
import { measureInWords, type Recipe, recipes } from "../../recipes/index.js";
import { settingsInJson } from "../configuration/value.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { widthOf } from "../terminal/streams.js";
import { writeLines } from "../terminal/wrapped.js";

export interface RecipesFlags {
  readonly json?: boolean;
}

export function listRecipes({ json }: RecipesFlags): ExitCode {
  const { stdout } = process;
  if (json) for (const line of inJson()) stdout.write(`${line}\n`);
  else writeLines(stdout, ...inText(widthOf(stdout)));
  return exitCodes.success;
}

function inJson(): string[] {
  return recipes.map(({ name, settings, ...rest }) =>
    JSON.stringify({ name, settings: settingsInJson(settings), ...rest }),
  );
}

/**
 * The recipes below their sources, each beside its figures, or above them where lines would be wider than
 * `room` characters; those of our own beside other recipes first.
 */
function inText(room: number): string[] {
  const entries = recipes.map((recipe) => ({ ...recipe, ...wordsOn(recipe) }));
  const [widest, longest] = [
    Math.max(...entries.map(({ name }) => name.length)),
    Math.max(...entries.flatMap(({ cells }) => cells.map((cell) => cell.length))),
  ];
  const isBeside = `  ${"".padEnd(widest)}  `.length + longest <= room;
  return entries.flatMap(({ name, above, cells }, k) => {
    const isNew = above !== entries[k - 1]?.above;
    return [
      ...(isNew ? [...(k > 0 ? [""] : []), ...above.split("\n")] : []),
      ...(isBeside
        ? cells.map((cell, i) => `  ${(i === 0 ? name : "").padEnd(widest)}  ${cell}`)
        : [`  ${name}`, ...cells.map((cell) => `    ${cell}`)]),
    ];
  });
}

/** What stands above a recipe, and beside it. */
function wordsOn({ figures, source, comparedWith }: Recipe) {
  const isBesideRecipe = recipes.some(({ name }) => name === comparedWith);
  const whose = isBesideRecipe ? `of ${comparedWith}` : "of another run; this one is our own";
  return {
    above: isBesideRecipe ? OWN : `${source.title}\n${source.url}`,
    cells: [...figures.map(measureInWords), ...(comparedWith === undefined ? [] : [whose])],
  };
}

const OWN = "Our own, chosen on validation images; the figures are of published runs";
