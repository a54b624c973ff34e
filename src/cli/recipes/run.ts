/** `train-mnist recipes`: what there is for --recipe. */
import { measureInWords, type Recipe, recipes } from "../../recipes/index.js";
import { settingsInJson } from "../configuration/value.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { widthOf } from "../terminal/streams.js";
import { columnsOf, padEnd } from "../terminal/width.js";
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

const ABOUT = [
  "Names for --recipe, each with an accuracy that was published.",
  "train-mnist reproduce trains them, and puts our accuracies beside those.",
];

const OWN = [
  "Chosen here, on validation images; published by nobody else.",
  "Beside each is a published run to compare it with, and the accuracy of that.",
];

/**
 * The recipes, first those chosen here, then the published ones below their sources; each beside its figures, or
 * above them where lines would be wider than `room` characters.
 */
function inText(room: number): string[] {
  const [own, published] = [true, false].map((isOwn) =>
    recipes.filter(({ comparedWith }) => isOwn === (comparedWith !== undefined)),
  );
  const sections = new Map([[OWN.join("\n"), own as Recipe[]]]);
  for (const recipe of published as Recipe[]) {
    const { title, url } = recipe.source;
    const head = `${title}\n${url}`;
    sections.set(head, [...(sections.get(head) ?? []), recipe]);
  }
  const widest = Math.max(...recipes.map(({ name }) => columnsOf(name)));
  const longest = Math.max(...recipes.flatMap(figuresOf).map(columnsOf));
  const isBeside = widest + longest + "      ".length <= room;
  const rows = (recipe: Recipe) => {
    const { name } = recipe;
    const figures = figuresOf(recipe);
    const beside = isBeside
      ? figures.map((figure, i) => `  ${padEnd(i === 0 ? name : "", widest)}  ${figure}`)
      : [`  ${name}`, ...figures.map((figure) => `    ${figure}`)];
    return [...beside, ...sourceBelow(recipe)];
  };
  return [
    ...ABOUT,
    ...[...sections].flatMap(([head, all]) => ["", ...head.split("\n"), ...all.flatMap(rows)]),
  ];
}

function figuresOf({ figures, comparedWith }: Recipe): string[] {
  const whose = comparedWith === undefined ? [] : [`compare with ${comparedWith}:`];
  return [...whose, ...figures.map(measureInWords)];
}

/** Of a published run that is no recipe, and so stands nowhere else. */
function sourceBelow({ comparedWith, source }: Recipe): string[] {
  const isElsewhere = recipes.some(({ name }) => name === comparedWith);
  if (comparedWith === undefined || isElsewhere) return [];
  return [`    ${source.title}`, `    ${source.url}`];
}
