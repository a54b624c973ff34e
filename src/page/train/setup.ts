/** The set-up of a run as texts in a form, and in the fragment of the page's address. */
import { DEFAULT_RECIPE, type Recipe, recipes } from "../../recipes/index.js";
import { wordOf } from "../../recipes/words.js";
import { type Sentence, SettingsError } from "../../training/errors.js";
import { checkOnData, checkSettings } from "../../training/settings/compatibility.js";
import { ranges } from "../../training/settings/ranges.js";
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import { split } from "../../training/settings/split.js";
import { type Field, fields, inLabels } from "./fields.js";

/** The texts in the form, by settings; empty where a setting is left out. */
export type Texts = Readonly<Partial<Record<keyof Settings, string>>>;

export interface Setup {
  /** The name of the recipe that it was begun with. */
  readonly recipe: string;
  readonly texts: Texts;
}

/** Longer runs are for the command: a page has to stay open for them. */
const MOST_SECONDS = 100;

/** In the order in which they are offered. */
export const pageRecipes: readonly Recipe[] = recipes.filter(
  ({ seconds }) => seconds < MOST_SECONDS,
);

/** What is to be said of a recipe that a link names and this page does not have; empty if it has it. */
export function refusalOf(parameters: URLSearchParams): string {
  const name = parameters.get("recipe") || DEFAULT_RECIPE;
  if (pageRecipes.some((each) => each.name === name)) return "";
  const why = recipes.some((each) => each.name === name)
    ? `The recipe ${name} takes too long for a page: use npx train-mnist --recipe ${name}`
    : `There is no recipe ${name.slice(0, 40)}`;
  return `${why}. Here is ${pageRecipes[0]?.name} instead.`;
}

/** @param count of the training images: sizes of a recipe that they are too few for are left out */
export function setupOf(name: string, count: number): Setup {
  const recipe = pageRecipes.find((each) => each.name === name) ?? (pageRecipes[0] as Recipe);
  const { trainSize, validationSize, ...rest } = recipe.settings;
  const fits = (trainSize ?? 1) + (validationSize ?? 0) <= count;
  const settings = fits ? recipe.settings : rest;
  return { recipe: recipe.name, texts: textsOf(completeSettings(settings)) };
}

export function textsOf(settings: Settings): Texts {
  const entries = fields.map(({ setting }) => {
    const value = settings[setting];
    return [setting, value === undefined ? "" : wordOf(value)];
  });
  return Object.fromEntries(entries);
}

/** What is wrong with a field, as a sentence; `setting` is left out if it is of the whole. */
export interface Problem {
  readonly setting?: keyof Settings;
  readonly message: string;
}

export type Checked =
  | { readonly settings: Settings; readonly problems: readonly [] }
  | { readonly settings?: never; readonly problems: readonly Problem[] };

/** The settings that texts stand for, checked by the rules of the command, or what is wrong with them. */
export function checked(texts: Texts, count: number): Checked {
  const values = fields.map(
    (field) => [field, readField(field, texts[field.setting] ?? "")] as const,
  );
  const problems = values.flatMap(([{ setting, label, hint }, value]): Problem[] => {
    const { has, expected } = ranges[setting];
    const how = hint === undefined ? "" : ` (${hint})`;
    const needed = setting in NEEDED;
    if (value === undefined ? !needed : has(value)) return [];
    return [{ setting, message: `${label} should be ${expected}${how}.` }];
  });
  if (problems.length > 0) return { problems };
  const given = values.map(([{ setting }, value]) => [setting, value]);
  const settings = completeSettings(Object.fromEntries(given) as Partial<Settings>);
  try {
    checkSettings(settings);
    checkOnData(settings, split(settings, count));
    return { settings, problems: [] };
  } catch (error) {
    if (error instanceof SettingsError) return { problems: [problemOf(error.sentence)] };
    throw error;
  }
}

/** Those that every run has. */
const NEEDED = completeSettings();

function readField({ setting, names }: Field, text: string): unknown {
  const word = text.trim();
  if (setting === "hidden") return word === "" ? undefined : sizesIn(word);
  if (word === "") return undefined;
  if (setting === "elastic") {
    const [sigma, alpha, ...more] = word.split(",").map(Number);
    return more.length > 0 ? word : { sigma, alpha };
  }
  return names === undefined ? Number(word) : word;
}

function sizesIn(word: string): readonly number[] {
  if (word === "none") return [];
  return word.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
}

function problemOf(sentence: Sentence): Problem {
  const first = sentence.find((part) => typeof part !== "string");
  const message = inLabels(sentence);
  return first === undefined ? { message } : { setting: first.setting, message };
}

/** How a link says that a setting of the recipe is left out: an empty value would mean the recipe's. */
const LEFT_OUT = "-";

/** What a link needs to lead to a set-up: the recipe, and the texts that differ from its own. */
export function linkOf({ recipe, texts }: Setup, count: number): Record<string, string> {
  const own = setupOf(recipe, count).texts;
  const entries = fields.map(({ setting }) => {
    const [text = "", usual = ""] = [texts[setting], own[setting]];
    return [setting, text === usual ? "" : text || LEFT_OUT];
  });
  return { recipe: recipe === DEFAULT_RECIPE ? "" : recipe, ...Object.fromEntries(entries) };
}

/** The set-up that a link leads to. */
export function setupIn(parameters: URLSearchParams, count: number): Setup {
  const { recipe, texts } = setupOf(parameters.get("recipe") ?? DEFAULT_RECIPE, count);
  const given = fields.flatMap(({ setting }) => {
    const text = parameters.get(setting);
    return text === null ? [] : [[setting, text === LEFT_OUT ? "" : text]];
  });
  return { recipe, texts: { ...texts, ...Object.fromEntries(given) } };
}
