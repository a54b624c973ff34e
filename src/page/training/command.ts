/** The command that does the same as a run of this page. */
import { splitNames } from "../../data/collections.js";
import { argumentsFor } from "../../recipes/command-line.js";
import { flagOf } from "../../recipes/words.js";
import type { Settings } from "../../training/index.js";

/** Data sets that the command knows by name. */
const NAMED = ["generated", "mnist", "fashion-mnist", "kmnist", "qmnist"];

/** @param dataset its name; of files that were given the command has to be told the folder */
export function commandFor(
  settings: Settings,
  recipe: string | undefined,
  dataset: string,
): string {
  const named = `${flagOf("dataset")} ${dataset}`;
  const folder = `${flagOf("dataDir")} FOLDER`;
  // Of one folder, which usually has several.
  const split = splitNames.includes(dataset) ? `${folder} ${named}` : folder;
  const data = NAMED.includes(dataset) ? named : split;
  return ["npx train-mnist", data, argumentsFor(settings, recipe)].filter(Boolean).join(" ");
}

/** The command that goes on with a run that was saved. */
export function commandToResume(file: string): string {
  return `npx train-mnist ${flagOf("resume")} ${file}`;
}
