/** The sources of settings other than flags and defaults: environment, file and recipe. */
import type { Option } from "commander";
import { recipeNamed } from "../../recipes/index.js";
import { type ConfigValue, readConfigFile } from "./file.js";

/** What one source says. */
export interface Layer {
  /** What commander is told of where a value comes from. */
  readonly source: "env" | "config" | "recipe";
  readonly entries: readonly Entry[];
  /** The name of a setting as this source writes it. */
  readonly spell: (option: Option) => string;
  /** Whether other programs, too, may have names there. */
  readonly shared: boolean;
}

export interface Entry {
  /** As it is written there. */
  readonly name: string;
  /** The name by which to look for the option. */
  readonly key: string;
  readonly value: ConfigValue;
  /** Where that is, for messages. */
  readonly place: string;
}

/** Names are the same whether written as flags, as keys, or as variables of the environment. */
export function fold(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}

/** Before the name of a setting in the environment. */
const PREFIX = "TRAIN_MNIST_";

/** Variables that tell where things are on this machine, for runs whose settings do not. */
const PLACES = ["TRAIN_MNIST_DATA", "TRAIN_MNIST_CACHE", "TRAIN_MNIST_BLAS"];

export function environmentLayer(env: NodeJS.ProcessEnv): Layer {
  const variables = Object.entries(env).filter(
    (variable): variable is [string, string] =>
      variable[0].startsWith(PREFIX) && !PLACES.includes(variable[0]) && Boolean(variable[1]),
  );
  return {
    source: "env",
    entries: variables.map(([name, value]) => ({
      name,
      key: fold(name.slice(PREFIX.length)),
      value,
      place: "environment",
    })),
    spell: (option) => PREFIX + option.name().replaceAll("-", "_").toUpperCase(),
    shared: true,
  };
}

export function fileLayer(path: string): Layer {
  return {
    source: "config",
    entries: readConfigFile(path).map(({ name, value, line }) => ({
      name,
      key: fold(name),
      value,
      place: `${path}, line ${line}`,
    })),
    spell: (option) => option.attributeName(),
    shared: false,
  };
}

export function recipeLayer(recipe: string): Layer {
  return {
    source: "recipe",
    entries: Object.entries(recipeNamed(recipe).settings).map(([name, value]) => ({
      name,
      key: fold(name),
      value,
      place: `recipe ${recipe}`,
    })),
    spell: (option) => option.attributeName(),
    shared: false,
  };
}
