/**
 * The sources of settings other than flags and defaults: environment, file and recipe. None of them
 * knows a setting by name: whatever settings the command has, their own parsers read the values.
 */
import type { Command, Option } from "commander";
import { UsageError } from "../errors/kinds.js";
import { didYouMean } from "../errors/nearest.js";
import { shortened } from "../errors/presentable.js";
import { type SettingOption, settingOptions } from "../options/option.js";
import { type ConfigValue, readConfigFile } from "./file.js";
import { recipeNamed } from "./recipe-named.js";
import { settingValue } from "./value.js";

/** What one source says. */
export interface Layer {
  /** What commander is told of where a value comes from. */
  readonly source: "env" | "config" | "recipe";
  readonly values: ReadonlyMap<SettingOption, unknown>;
}

/** Before the name of a setting in the environment. */
const PREFIX = "TRAIN_MNIST_";

/** Variables that tell where things are on this machine, for runs whose settings do not. */
const PLACES = ["TRAIN_MNIST_DATA", "TRAIN_MNIST_CACHE", "TRAIN_MNIST_BLAS"];

/** Names in the environment that are no settings, nor like any, may be those of other programs. */
export function environmentLayer(command: Command, env: NodeJS.ProcessEnv): Layer {
  const entries = Object.entries(env).flatMap(([name, value]): Entry[] =>
    name.startsWith(PREFIX) && !PLACES.includes(name) && value
      ? [
          {
            name: shortened(name),
            key: fold(name.slice(PREFIX.length)),
            value,
            place: "environment",
          },
        ]
      : [],
  );
  const spell = (option: Option) => PREFIX + option.name().replaceAll("-", "_").toUpperCase();
  return { source: "env", values: read(entries, command, { spell, shared: true }) };
}

export function fileLayer(command: Command, path: string): Layer {
  const entries = readConfigFile(path).map(
    ({ name, value, line }): Entry => ({
      ...{ name: shortened(name), value, key: fold(name) },
      place: `${path}, line ${line}`,
    }),
  );
  const spell = (option: Option) => option.attributeName();
  return { source: "config", values: read(entries, command, { spell, shared: false }) };
}

export function recipeLayer(command: Command, name: string): Layer {
  const settings = new Map(Object.entries(recipeNamed(name).settings));
  const options = settingOptions(command).filter((each) => settings.has(each.attributeName()));
  const values = options.map((each) => [each, settings.get(each.attributeName())] as const);
  return { source: "recipe", values: new Map(values) };
}

/** A setting and its value as a source has them. */
interface Entry {
  readonly name: string;
  /** The name by which to look for the option. */
  readonly key: string;
  readonly value: ConfigValue;
  /** Where that is, for messages. */
  readonly place: string;
}

/** How names are written in a source. */
export interface Naming {
  /** The name of a setting as this source writes it. */
  readonly spell: (option: Option) => string;
  /** Whether other programs may have names there as well. */
  readonly shared: boolean;
}

/** Names are the same whether written as flags, as keys, or as variables of the environment. */
export function fold(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}

/**
 * The settings that a source names, with their values.
 *
 * @throws {UsageError} for an unknown name, an impossible value, or settings that exclude each other
 */
function read(
  entries: readonly Entry[],
  command: Command,
  naming: Naming,
): Map<SettingOption, unknown> {
  const names = new Map<SettingOption, string>();
  const values = new Map<SettingOption, unknown>();
  for (const { name, key, value, place } of entries) {
    const option = settingNamed(key, `${place}: ${name}`, command, naming);
    if (option === undefined) continue;
    for (const [other, otherName] of names) {
      const clash = other === option ? "are the same setting" : "exclude each other";
      if (other === option || exclude(other, option)) {
        throw new UsageError(`${place}: ${otherName} and ${name} ${clash}: drop one`);
      }
    }
    names.set(option, name);
    values.set(option, settingValue(option, value, `${place}: ${name}`));
  }
  return values;
}

/** Undefined for a name in a shared source that may well be somebody else's. */
export function settingNamed(
  key: string,
  what: string,
  command: Command,
  { spell, shared }: Naming,
): SettingOption | undefined {
  const isNamed = ({ long, short }: Option) =>
    [long, short].some((flag) => flag && fold(flag) === key);
  const settings = settingOptions(command);
  const setting = settings.find(isNamed);
  if (setting !== undefined) return setting;
  const flag = command.options.find(isNamed);
  if (flag !== undefined) {
    throw new UsageError(`${what} is no setting of a run: only the flag ${flag.long} can say it`);
  }
  const byKey = new Map(settings.map((option) => [fold(option.name()), option]));
  const near = didYouMean(key, [...byKey.keys()], (each) => spell(byKey.get(each) as Option));
  if (near === undefined && shared) return undefined;
  const advice = near ?? "train-mnist --print-config shows all";
  throw new UsageError(`${what} is no setting; ${advice}`);
}

/** commander does not declare where it keeps what `conflicts` was told. */
export function exclude(a: Option, b: Option): boolean {
  const rivals = (option: Option) => (option as Option & { conflictsWith: string[] }).conflictsWith;
  return rivals(a).includes(b.attributeName()) || rivals(b).includes(a.attributeName());
}
