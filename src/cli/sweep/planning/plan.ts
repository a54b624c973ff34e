/** From what is said of a sweep to its runs: the settings of each, its label and its digest. */
import type { Command } from "commander";
import { DEFAULT_RECIPE } from "../../../recipes/index.js";
import { flagOf } from "../../../recipes/words.js";
import type { Planned } from "../../../sweeps/folder/plan.js";
import { type Common, digester, essentialParts } from "../../../sweeps/plan/identity.js";
import { type Axis, type Drawn, points, type Space, size } from "../../../sweeps/plan/points.js";
import { conflictIn, dependences } from "../../../training/settings/compatibility.js";
import { completeSettings, type Settings } from "../../../training/settings/settings.js";
import { overrules } from "../../configuration/configure.js";
import { recipeLayer } from "../../configuration/layers.js";
import { recipeNamed } from "../../configuration/recipe-named.js";
import { UsageError } from "../../errors/kinds.js";
import { withFlags } from "../../errors/sentence.js";
import type { SettingOption } from "../../options/option.js";
import type { Choice } from "./choice.js";
import { isSetting } from "./options.js";
import type { Said, Specification, Subject } from "./said.js";

/** More are hardly meant. */
const MOST_RUNS = 1_000_000;

/** The runs of a sweep, in their order. */
export interface Plan {
  /** How many there are, where those that are drawn twice count twice. */
  readonly size: number;
  /** The settings of the first. */
  readonly first: Settings;
  /** Throws a {@link UsageError} that names a run if its settings do not fit together. */
  check(): void;
  planned(common: Common): Iterable<Planned>;
}

/** A choice at its place in a label and among settings, each of which is written once. */
interface Part extends Choice {
  readonly label: string;
  /** `"seed":2`; empty if that is the default, undefined of a recipe. */
  readonly json: string | undefined;
}

/** Throws a {@link UsageError} if there are too many runs. */
export function planOf({ said, runs, samplerSeed }: Specification, options: Command): Plan {
  const settings = said.filter(({ subject }) => subject === "recipe" || isSetting(subject));
  const isConstant = ({ values }: Said) => !("draw" in values) && values.length === 1;
  const constants = settings.filter(isConstant);
  const varying = settings.filter((each) => !isConstant(each));
  const space = spaceOf(varying, runs ?? 1, samplerSeed);
  if (size(space) > MOST_RUNS) {
    throw new UsageError(
      `these are ${size(space)} runs, and a sweep can have ${MOST_RUNS}: leave values out`,
    );
  }
  const subjects = [...space.drawn, ...space.axes].map(({ name }) => {
    return (varying.find((each) => nameOf(each.subject) === name) as Said).subject;
  });
  const bases = new Bases(constants, subjects, options);
  const [one] = points(space);
  return {
    size: size(space),
    first: bases.settings(one as readonly Part[]),
    check() {
      for (const point of points(space)) bases.check(point);
    },
    *planned(common) {
      const digest = digester(common);
      for (const point of points(space)) {
        const settings = bases.essential(point);
        const label = point.map((part) => part.label).join(" ") || "run";
        yield { sha256: digest(settings), label, settings };
      }
    },
  };
}

function spaceOf(varying: readonly Said[], draws: number, seed: number): Space<Part> {
  const drawn: Drawn<Part>[] = [];
  const axes: Axis<Part>[] = [];
  for (const { subject, values } of varying) {
    const name = nameOf(subject);
    if ("draw" in values) drawn.push({ name, draw: (u) => partOf(subject, values.draw(u)) });
    else axes.push({ name, values: values.map((choice) => partOf(subject, choice)) });
  }
  return { drawn, axes, draws, seed };
}

function partOf(subject: Subject, { word, value }: Choice): Part {
  const json = subject === "recipe" ? undefined : essentialParts({ [nameOf(subject)]: value })[0];
  return { word, value, label: `${shortNameOf(subject)}=${word}`, json: json?.text ?? "" };
}

function nameOf(subject: Subject): string {
  return subject === "recipe" ? subject : subject.attributeName();
}

/** `lr` */
function shortNameOf(subject: Subject): string {
  const flag = subject === "recipe" ? subject : (subject.short ?? flagOf(nameOf(subject)));
  return flag.replace(/^--/, "");
}

/**
 * What the settings of points have in common with those of other points: all but what varies without
 * changing anything else. A setting changes others if it is a recipe, or if a recipe's value may not fit it.
 */
class Bases {
  readonly #constants: readonly Said[];
  readonly #subjects: readonly Subject[];
  readonly #options: Command;
  /** The places in a point of what changes other settings. */
  readonly #decisive: readonly number[];
  readonly #known = new Map<string, Base>();

  constructor(constants: readonly Said[], subjects: readonly Subject[], options: Command) {
    this.#constants = constants;
    this.#subjects = subjects;
    this.#options = options;
    const mentioned = this.#mentioned();
    this.#decisive = subjects.flatMap((subject, i) => (isDecisive(subject, mentioned) ? [i] : []));
  }

  /** As JSON, in the order of names. */
  essential(point: readonly Part[]): string {
    const { template } = this.#baseOf(point);
    let text = "";
    for (const each of template) {
      const part = typeof each === "string" ? each : (point[each]?.json as string);
      if (part !== "") text += text === "" ? part : `,${part}`;
    }
    return `{${text}}`;
  }

  /** Throws a {@link UsageError} if the settings do not fit together. */
  check(point: readonly Part[]): void {
    this.#baseOf(point);
  }

  settings(point: readonly Part[]): Settings {
    return this.#settingsAt(point);
  }

  /** The settings that are said, or that a recipe may have. */
  #mentioned(): ReadonlySet<string> {
    if (this.#subjects.includes("recipe"))
      return new Set(dependences.map(({ setting }) => setting));
    const names = this.#subjects.map(nameOf);
    const recipes = [DEFAULT_RECIPE];
    for (const { subject, values } of this.#constants) {
      names.push(nameOf(subject));
      if (subject === "recipe") recipes.push((values as readonly Choice[])[0]?.value as string);
    }
    const ofRecipes = recipes.flatMap((name) => Object.keys(recipeNamed(name).settings));
    return new Set([...names, ...ofRecipes]);
  }

  #baseOf(point: readonly Part[]): Base {
    let key = "";
    for (const i of this.#decisive) key += `${point[i]?.word}\n`;
    let base = this.#known.get(key);
    if (base === undefined) {
      base = this.#newBase(point);
      if (this.#known.size < MOST_KNOWN) this.#known.set(key, base);
    }
    return base;
  }

  #newBase(point: readonly Part[]): Base {
    const settings = this.#settingsAt(point);
    const conflict = conflictIn(settings);
    if (conflict !== undefined) {
      const label = point.map((part) => part.label).join(" ");
      throw new UsageError(`${withFlags(conflict)}${label && ` (in the run ${label})`}`);
    }
    const slots = new Map<string, number>();
    this.#subjects.forEach((subject, i) => {
      if (subject !== "recipe") slots.set(nameOf(subject), i);
    });
    const fixed = Object.entries(settings).filter(([name]) => !slots.has(name));
    const texts = essentialParts(Object.fromEntries(fixed));
    const all = [...texts, ...[...slots].map(([name, slot]) => ({ name, text: slot }))];
    return { template: all.sort(byName).map(({ text }) => text) };
  }

  #settingsAt(point: readonly Part[]): Settings {
    const strong = new Map<SettingOption, unknown>();
    let recipe: string | undefined;
    const add = (subject: Subject, value: unknown) => {
      if (subject === "recipe") recipe = value as string;
      else strong.set(subject, value);
    };
    for (const { subject, values } of this.#constants) {
      add(subject, (values as readonly Choice[])[0]?.value);
    }
    this.#subjects.forEach((subject, i) => {
      add(subject, point[i]?.value);
    });
    const isPlain = [...strong.keys()].some(({ role }) => role === "method");
    const weak = recipe ?? (isPlain ? undefined : DEFAULT_RECIPE);
    const settings: Record<string, unknown> = {};
    if (weak !== undefined) {
      for (const [option, value] of recipeLayer(this.#options, weak).values) {
        const isFree = ![...strong].some(([s, v]) => overrules(s, option, value, v));
        if (isFree) settings[option.attributeName()] = value;
      }
    }
    for (const [option, value] of strong) settings[option.attributeName()] = value;
    return completeSettings(settings);
  }
}

interface Base {
  /** Texts, and places in a point whose texts belong there. */
  readonly template: readonly (string | number)[];
}

/** Of settings that are drawn, no two points may agree. */
const MOST_KNOWN = 10_000;

/** Adam and the like have a learning rate of their own by default. */
function isDecisive(subject: Subject, mentioned: ReadonlySet<string>): boolean {
  const name = nameOf(subject);
  if (name === "recipe" || name === "optimizer") return true;
  return dependences.some(
    ({ setting, on }) => mentioned.has(setting) && (name === setting || name === on),
  );
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
