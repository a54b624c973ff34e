/**
 * The settings in force: for each, what the strongest source says, of defaults, recipe, file,
 * environment and flags.
 */
import type { Command } from "commander";
import { withoutCredentials } from "../../data/remote/credentials.js";
import { DEFAULT_RECIPE } from "../../recipes/index.js";
import type { Mention } from "../../training/errors.js";
import { conflictIn, dependences } from "../../training/settings/compatibility.js";
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import { UsageError } from "../errors/kinds.js";
import { withFlags } from "../errors/sentence.js";
import { type SettingOption, settingOptions } from "../options/option.js";
import type { ConfigValue } from "./file.js";
import { type Given, givenBy } from "./given.js";
import { environmentLayer, exclude, fileLayer, type Layer, recipeLayer } from "./layers.js";
import type { ConfigFlags } from "./options.js";
import { settingsInJson } from "./value.js";

/** What is in force for one invocation of a command. */
export interface Configuration<Flags> {
  /** How to train. */
  readonly settings: Settings;
  /** Everything else. */
  readonly flags: Flags;
  readonly given: Given;
}

/**
 * Merges what the parsed flags of a command say with its other sources. Where none of them says how
 * to train, the default recipe does, unless a saved run is resumed. A setting that conflicts with a
 * stronger one is ignored.
 *
 * Throws a {@link UsageError} if a source has an unknown name, an impossible value, or two settings
 * that exclude each other.
 */
export function configure<Flags extends { readonly resume?: string }>(
  command: Command,
  env: NodeJS.ProcessEnv,
): Configuration<Flags> {
  merge(command, env);
  const { recipe, config, printConfig, ...values } = command.opts<ConfigFlags & Flags>();
  const names = settingOptions(command)
    .filter(({ role }) => role !== "means")
    .map((option) => option.attributeName());
  const isSetting = ([name]: [string, unknown]) => names.includes(name);
  const entries = Object.entries(values);
  return {
    settings: completeSettings(Object.fromEntries(entries.filter(isSetting))),
    flags: Object.fromEntries(entries.filter((entry) => !isSetting(entry))) as Flags,
    given: givenBy(command),
  };
}

function merge(command: Command, env: NodeJS.ProcessEnv): void {
  const { recipe, config, resume } = command.opts<ConfigFlags & { resume?: string }>();
  const layers = [
    environmentLayer(command, env),
    ...(config === undefined ? [] : [fileLayer(command, config)]),
    ...(recipe === undefined ? [] : [recipeLayer(command, recipe)]),
  ];
  const stronger = settingOptions(command).filter(
    (option) => command.getOptionValueSource(option.attributeName()) === "cli",
  );
  const add = ({ source, values }: Layer) => {
    const free = [...values].filter(
      ([option, value]) =>
        !stronger.some((other) =>
          overrules(other, option, value, command.getOptionValue(other.attributeName())),
        ),
    );
    for (const [option, value] of free) {
      command.setOptionValueWithSource(option.attributeName(), value, source);
      stronger.push(option);
    }
  };
  layers.forEach(add);
  const isPlain = recipe !== undefined || stronger.some(({ role }) => role === "method");
  if (!isPlain && resume === undefined) add(recipeLayer(command, DEFAULT_RECIPE));
}

/** Whether a setting of a stronger source leaves nothing of another, with this value, in a weaker one. */
export function overrules(
  strong: SettingOption,
  weak: SettingOption,
  value: unknown,
  strongValue: unknown,
): boolean {
  if (strong === weak || exclude(strong, weak)) return true;
  const [setting, on] = [weak.attributeName(), strong.attributeName()];
  return dependences.some(
    (each) => each.setting === setting && each.on === on && !each.fits(value, strongValue),
  );
}

/** Throws a {@link UsageError} that says where the values come from if two do not fit together. */
export function expectCompatible({ settings, given }: Configuration<unknown>): void {
  const conflict = conflictIn(settings);
  if (conflict === undefined) return;
  const sourceOf = ({ setting, value }: Mention) =>
    settings[setting] === value ? given.source(setting) : "";
  throw new UsageError(withFlags(conflict, sourceOf));
}

/** What is in force as a configuration file that gives it again, but for passwords in URLs. */
export function configText(command: Command, { settings, flags }: Configuration<object>): string {
  const values = settingsInJson({ ...settings, ...flags });
  const lines = settingOptions(command)
    .map((option) => option.attributeName())
    .filter((name) => values[name] !== undefined)
    .map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(withoutPassword(values[name]))}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

function withoutPassword(value: ConfigValue | undefined): ConfigValue | undefined {
  return typeof value === "string" ? withoutCredentials(value) : value;
}
