/**
 * The settings in force: for each, what the strongest source says, of defaults, recipe, file,
 * environment and flags. It knows no setting by name: whatever options the command has, their own
 * parsers read the values of all sources.
 */
import type { Command, Option } from "commander";
import { DEFAULT_RECIPE, saysHowToTrain } from "../../recipes/index.js";
import { SettingsError } from "../../training/errors.js";
import { nearest } from "../errors/nearest.js";
import { dependences } from "./dependences.js";
import { environmentLayer, fileLayer, fold, type Layer, recipeLayer } from "./layers.js";
import { type ConfigFlags, configurable, wordOf } from "./options.js";
import { settingValue } from "./value.js";

/**
 * Gives a command whose flags have been parsed the settings of its other sources. Where none of them
 * says how to train, the default recipe does; unless `plain`. What a stronger source makes meaningless
 * in a weaker one falls away.
 *
 * Throws a SettingsError if a source has an unknown name, an impossible value, or two settings that
 * exclude each other.
 */
export function configure(command: Command, env: NodeJS.ProcessEnv, plain = false): void {
  const { recipe, config } = command.opts<ConfigFlags>();
  const layers = [
    environmentLayer(env),
    ...(config === undefined ? [] : [fileLayer(config)]),
    ...(recipe === undefined ? [] : [recipeLayer(recipe)]),
  ];
  const stronger = configurable(command).filter(
    (option) => command.getOptionValueSource(option.attributeName()) === "cli",
  );
  const add = (layer: Layer) => {
    const free = [...read(layer, command)].filter(
      ([option, value]) => !stronger.some((other) => overrules(other, option, value, command)),
    );
    for (const [option, value] of free) {
      command.setOptionValueWithSource(option.attributeName(), value, layer.source);
      stronger.push(option);
    }
  };
  layers.forEach(add);
  const isPlain = plain || stronger.some((option) => saysHowToTrain(option.attributeName()));
  if (recipe === undefined && !isPlain) add(recipeLayer(DEFAULT_RECIPE));
}

/** Whether a setting of a stronger source leaves nothing of another, with this value, in a weaker one. */
function overrules(strong: Option, weak: Option, value: unknown, command: Command): boolean {
  if (strong === weak || exclude(strong, weak)) return true;
  const [setting, on] = [weak.attributeName(), strong.attributeName()];
  return dependences.some(
    (each) =>
      each.setting === setting && each.on === on && !each.fits(value, command.getOptionValue(on)),
  );
}

/** The flags and settings of a configured command, without those that only say where others are. */
export function configured<Flags extends object>(command: Command): Flags {
  const { recipe, config, printConfig, ...flags } = command.opts<ConfigFlags>();
  return flags as Flags;
}

/** The settings among these values as a configuration file that gives them all again. */
export function configText(command: Command, values: object): string {
  const given = values as Readonly<Record<string, unknown>>;
  const lines = configurable(command)
    .map((option) => option.attributeName())
    .filter((name) => given[name] !== undefined)
    .map((name) => `  ${JSON.stringify(name)}: ${inJson(given[name])}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** Scalars and lists as such, and any other object as the word that its parser understands. */
function inJson(value: unknown): string {
  const isOther = typeof value === "object" && value !== null && !Array.isArray(value);
  return JSON.stringify(isOther ? wordOf(value) : value);
}

/** The settings that a source names, with their values. */
function read(layer: Layer, command: Command): Map<Option, unknown> {
  const names = new Map<Option, string>();
  const values = new Map<Option, unknown>();
  for (const { name, key, value, place } of layer.entries) {
    const option = settingNamed(key, `${place}: ${name}`, layer, command);
    if (option === undefined) continue;
    for (const [other, otherName] of names) {
      const clash = other === option ? "are the same setting" : "exclude each other";
      if (other === option || exclude(other, option)) {
        throw new SettingsError(`${place}: ${otherName} and ${name} ${clash}: drop one`);
      }
    }
    names.set(option, name);
    values.set(option, settingValue(option, value, `${place}: ${name}`));
  }
  return values;
}

/** Undefined for a name in the environment that may well be somebody else's. */
function settingNamed(
  key: string,
  what: string,
  { spell, shared }: Layer,
  command: Command,
): Option | undefined {
  const isNamed = ({ long, short }: Option) =>
    [long, short].some((flag) => flag && fold(flag) === key);
  const settings = configurable(command);
  const setting = settings.find(isNamed);
  if (setting !== undefined) return setting;
  const flag = command.options.find(isNamed);
  if (flag !== undefined) {
    throw new SettingsError(
      `${what} is no setting of a run: only the flag ${flag.long} can say it`,
    );
  }
  const keys = nearest(
    key,
    settings.map((option) => fold(option.name())),
  );
  const near = settings.filter((option) => keys.includes(fold(option.name()))).map(spell);
  if (near.length > 0) {
    throw new SettingsError(`${what} is no setting; did you mean ${near.join(" or ")}?`);
  }
  if (shared) return undefined;
  throw new SettingsError(`${what} is no setting; train-mnist --print-config shows all`);
}

/** commander does not declare where it keeps what `conflicts` was told. */
function exclude(a: Option, b: Option): boolean {
  const rivals = (option: Option) => (option as Option & { conflictsWith: string[] }).conflictsWith;
  return rivals(a).includes(b.attributeName()) || rivals(b).includes(a.attributeName());
}
