/**
 * What flags, the specification and the environment say of a sweep: for each setting one value, several,
 * or what they are drawn from. Nothing may be said twice.
 */
import type { Command } from "commander";
import { wordOf } from "../../../recipes/words.js";
import type { Drawn } from "../../../sweeps/plan/points.js";
import {
  type ConfigEntry,
  type ConfigValue,
  readSpecFile,
  type SpecMember,
  type SpecValue,
} from "../../configuration/file.js";
import { environmentLayer, exclude, fold, settingNamed } from "../../configuration/layers.js";
import { recipeNamed } from "../../configuration/recipe-named.js";
import { inside, settingValue } from "../../configuration/value.js";
import { UsageError } from "../../errors/kinds.js";
import { presentable, shortened } from "../../errors/presentable.js";
import { type SettingOption, settingOptions } from "../../options/option.js";
import { seeds as parseSeeds } from "../../options/parsers.js";
import { type Choice, expectDifferent } from "./choice.js";
import { isSetting, refusal, Several } from "./options.js";
import { drawnFrom } from "./ranges.js";

/** A setting, or `recipe`, which stands for many. */
export type Subject = SettingOption | "recipe";

export interface Said {
  readonly subject: Subject;
  /** As it was written, and where, for messages. */
  readonly name: string;
  readonly values: readonly Choice[] | Drawn<Choice>;
  /** As a specification has it. */
  readonly written: unknown;
}

export interface Specification {
  readonly said: readonly Said[];
  /** How often to draw, and with which seed, if anything is drawn. */
  readonly runs: number | undefined;
  readonly samplerSeed: number;
}

/**
 * @param command whose flags have been parsed
 * @param options all settings that there are, and the other flags of the command
 * @throws {UsageError} for an unknown name, an impossible value, or something that is said twice; but what flags say
 * goes before the environment
 */
export function specificationOf(
  command: Command,
  options: Command,
  file: string | undefined,
  env: NodeJS.ProcessEnv,
): Specification {
  const ofFile = file === undefined ? undefined : inFile(file, options);
  const flags = inFlags(command, options);
  const isWeaker = (each: Said) => flags.some((flag) => clashes(flag, each));
  const ofEnvironment = inEnvironment(options, env).filter((each) => !isWeaker(each));
  const said = [...(ofFile?.said ?? []), ...flags, ...ofEnvironment];
  said.forEach((each, k) => {
    for (const before of said.slice(0, k)) expectApart(before, each);
  });
  return { said, runs: ofFile?.runs, samplerSeed: ofFile?.samplerSeed ?? 1 };
}

function expectApart(a: Said, b: Said): void {
  if (!clashes(a, b)) return;
  const how = a.subject === b.subject ? "are the same setting" : "exclude each other";
  throw new UsageError(`${a.name} and ${b.name} ${how}: drop one`);
}

function clashes(a: Said, b: Said): boolean {
  if (a.subject === b.subject) return true;
  return a.subject !== "recipe" && b.subject !== "recipe" && exclude(a.subject, b.subject);
}

/** In the order of the flags; seeds last, so that runs that differ in nothing else follow each other. */
function inFlags(command: Command, options: Command): Said[] {
  const isGiven = (name: string) => command.getOptionValueSource(name) === "cli";
  const said = command.options.flatMap((flag) => {
    const name = flag.attributeName();
    const subject: Subject | undefined = name === "recipe" ? name : optionNamed(options, name);
    if (subject === undefined || !isGiven(name)) return [];
    const value: unknown = command.getOptionValue(name);
    const one = { given: [{ word: wordOf(value), value }], place: Number.POSITIVE_INFINITY };
    const { given, place } = value instanceof Several ? value : one;
    const written = given.length === 1 ? given[0]?.word : given.map(({ word }) => word);
    return [{ subject, name: flag.short ?? (flag.long as string), values: given, written, place }];
  });
  const ordered: Said[] = said.sort((a, b) => (a.place < b.place ? -1 : 1));
  const seeds: readonly number[] | undefined = command.getOptionValue("seeds");
  return seeds === undefined ? ordered : [...ordered, ofSeeds(seeds, "--seeds", options)];
}

function ofSeeds(seeds: readonly number[], name: string, options: Command): Said {
  const subject = optionNamed(options, "seed") as SettingOption;
  const values = seeds.map((value) => ({ word: String(value), value }));
  return { subject, name, values, written: seeds };
}

function inEnvironment(options: Command, env: NodeJS.ProcessEnv): Said[] {
  const { values } = environmentLayer(options, env);
  return [...values].map(([subject, value]) => ({
    subject,
    name: `${subject.long} of the environment`,
    values: [{ word: wordOf(value), value }],
    written: wordOf(value),
  }));
}

function optionNamed(options: Command, name: string): SettingOption | undefined {
  return settingOptions(options).find((option) => option.attributeName() === name);
}

/** Names of a specification that are no settings. */
const OTHERS = ["recipe", "seeds", "runs", "samplerSeed"] as const;

function inFile(file: string, options: Command): Specification {
  const said: Said[] = [];
  let runs: number | undefined;
  let samplerSeed: number | undefined;
  for (const { name, value, line } of readSpecFile(file)) {
    const where = `${file}, line ${line}: ${shortened(name)}`;
    const key = fold(name);
    const other = OTHERS.find((each) => fold(each) === key);
    if (other === "runs") runs = wholeNumber(value, where, 1);
    else if (other === "samplerSeed") samplerSeed = wholeNumber(value, where, 0);
    else if (other === "seeds") said.push(ofSeeds(seedsIn(value, where), where, options));
    else if (other === "recipe") {
      const values = listed(value, where, recipeIn);
      said.push({ subject: other, name: where, values, written: value });
    } else said.push(ofSetting({ name, value, line }, where, options));
  }
  const drawn = said.find(({ values }) => "draw" in values);
  if (drawn !== undefined && runs === undefined) {
    throw new UsageError(`${drawn.name} is drawn: say how often, such as "runs": 20`);
  }
  const idle = (runs !== undefined && "runs") || (samplerSeed !== undefined && "samplerSeed");
  if (drawn === undefined && idle) {
    throw new UsageError(
      `${file}: ${idle} is for settings that are drawn, such as {"min": 0.01, "max": 1, "scale": "log"}, of which there are none`,
    );
  }
  return { said, runs, samplerSeed: samplerSeed ?? 1 };
}

function ofSetting({ name, value }: ConfigEntry<SpecValue>, where: string, options: Command): Said {
  const key = fold(name);
  const refused = options.options.find(({ long }) => long && fold(long) === key);
  const why = refused && refusal(refused);
  if (why !== undefined) throw new UsageError(`${where} ${why}`);
  const spell = (option: { attributeName(): string }) => option.attributeName();
  const option = settingNamed(key, where, options, { spell, shared: false });
  const subject = option as SettingOption;
  const read = (each: ConfigValue): Choice => ({
    word: wordIn(each),
    value: settingValue(subject, each, where),
  });
  if (typeof value === "object" && !isSetting(subject) && !isList(value, subject)) {
    throw new UsageError(`${where} is the same for all runs of a sweep: say one value`);
  }
  const said = { subject, name: where, written: value };
  if (!isSetting(subject)) return { ...said, values: [read(value as ConfigValue)] };
  if (typeof value === "object" && !Array.isArray(value)) {
    const object = value as Readonly<Record<string, SpecMember>>;
    return { ...said, values: drawnFrom(object, subject, where, read) };
  }
  return { ...said, values: listed(value, where, read) };
}

/** What to measure is a list itself. */
function isList(value: SpecValue, option: SettingOption): boolean {
  return Array.isArray(value) && option.attributeName() === "measure";
}

function listed(
  value: SpecValue,
  where: string,
  read: (value: ConfigValue, where: string) => Choice,
): Choice[] {
  if (typeof value === "object" && !Array.isArray(value)) {
    throw new UsageError(`${where} cannot be drawn: say one value, or a list of values`);
  }
  const list = (Array.isArray(value) ? value : [value]) as readonly ConfigValue[];
  if (list.length === 0) throw new UsageError(`${where} has no value: drop it, or say one`);
  const choices = list.map((each) => read(each, where));
  expectDifferent(choices, where);
  return choices;
}

/** `[100, 50]` → `100,50`, as a flag has it */
function wordIn(value: ConfigValue): string {
  return Array.isArray(value) ? value.join(",") || "none" : String(value);
}

function recipeIn(value: ConfigValue, where: string): Choice {
  if (typeof value !== "string") throw new UsageError(`${where} should be the name of a recipe`);
  return { word: recipeNamed(value).name, value };
}

function seedsIn(value: SpecValue, where: string): readonly number[] {
  try {
    return parseSeeds(Array.isArray(value) ? value.join(",") : String(value));
  } catch (error) {
    const given = presentable(shortened(JSON.stringify(value)));
    throw new UsageError(`${where} cannot be ${given}: ${inside(error as Error)}`);
  }
}

function wholeNumber(value: SpecValue, where: string, least: number): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${where} should be a whole number from ${least} on`);
}
