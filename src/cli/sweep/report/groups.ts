/** The runs of a sweep, those that differ in their seeds alone taken together. */
import { flagOf, wordOf } from "../../../recipes/words.js";
import type { Estimate, GroupedRun, SettingsGroup } from "../../../report/sweep/summary.js";
import type { Settings } from "../../../training/index.js";
import { settingOptions } from "../../options/option.js";
import { spreadOf, studentQuantile } from "../../runs/spread.js";
import { runOptions } from "../planning/options.js";

/** Collects runs, and knows which settings vary among them. */
export class Grouping {
  readonly #first: readonly string[];
  readonly #groups = new Map<
    string,
    { readonly settings: Settings; readonly runs: GroupedRun[] }
  >();
  /** Of each setting, its first value in words; undefined once there was another. */
  readonly #words = new Map<string, string | undefined>();

  /** @param first the names of settings that are listed before others */
  constructor(first: readonly string[]) {
    this.#first = first;
  }

  add({ seed, ...others }: Settings, run: Omit<GroupedRun, "seed">): void {
    const key = JSON.stringify(others);
    let group = this.#groups.get(key);
    if (group === undefined) {
      const settings = { seed, ...others };
      group = { settings, runs: [] };
      this.#groups.set(key, group);
      this.#note(settings);
    }
    group.runs.push({ ...run, seed });
  }

  #note(settings: Settings): void {
    const names = this.#groups.size === 1 ? Object.keys(settings) : this.#words.keys();
    const isFirst = this.#groups.size === 1;
    for (const name of new Set([...names, ...Object.keys(settings)])) {
      const word = wordIn(settings, name);
      if (isFirst) this.#words.set(name, word);
      else if (!this.#words.has(name)) this.#words.set(name, word === ABSENT ? word : undefined);
      else if (this.#words.get(name) !== word) this.#words.set(name, undefined);
    }
  }

  /** The names of the settings that vary, without the seed. */
  get varying(): string[] {
    const names = [...this.#words].flatMap(([name, word]) => {
      return word === undefined && name !== "seed" ? [name] : [];
    });
    return [...new Set([...this.#first.filter((name) => names.includes(name)), ...names])];
  }

  /** Those that are the same in all runs, without what is absent. */
  get common(): Record<string, string> {
    return Object.fromEntries(
      [...this.#words].filter((entry): entry is [string, string] => {
        return entry[1] !== undefined && entry[1] !== ABSENT && entry[0] !== "seed";
      }),
    );
  }

  /** In the order of their first runs. */
  groups(): SettingsGroup[] {
    const { varying } = this;
    return [...this.#groups.values()].map(({ settings, runs }) => {
      const results = runs.flatMap(({ result }) => result ?? []);
      const epochs = results.map((result) => result.epochs);
      const seconds = results.map((result) => result.seconds);
      return {
        label: labelOf(settings, varying),
        settings: varying.map((name) => settings[name as keyof Settings]),
        runs,
        validation: estimateOf(results.map((result) => result.validation)),
        test: estimateOf(results.map((result) => result.test)),
        epochs: results.length === 0 ? undefined : { min: least(epochs), max: -least(epochs, -1) },
        seconds: results.length === 0 ? undefined : spreadOf(seconds).mean,
      };
    });
  }
}

const SHORT = new Map(
  settingOptions(runOptions()).map((option) => [option.attributeName(), option.short]),
);

/** `lr`: as in the labels of runs. */
export function shortName(name: string): string {
  return (SHORT.get(name) ?? flagOf(name)).replace(/^--/, "");
}

const ABSENT = "–";

function wordIn(settings: Settings, name: string): string {
  const value = settings[name as keyof Settings];
  return value === undefined || value === null ? ABSENT : wordOf(value);
}

/** `hidden=100,50 lr=0.3` */
function labelOf(settings: Settings, varying: readonly string[]): string {
  const words = varying.map((name) => `${shortName(name)}=${wordIn(settings, name)}`);
  return words.join(" ") || "all runs";
}

function least(numbers: readonly number[], sign = 1): number {
  return numbers.reduce((least, n) => Math.min(least, sign * n), Number.POSITIVE_INFINITY);
}

/** Of those that were measured; undefined if none was. */
function estimateOf(sample: readonly (number | undefined)[]): Estimate | undefined {
  const known = sample.filter((x) => x !== undefined);
  if (known.length === 0) return undefined;
  const spread = spreadOf(known);
  const { n, mean, deviation } = spread;
  if (n === 1) return spread;
  const margin = (studentQuantile(n - 1) * deviation) / Math.sqrt(n);
  return { ...spread, interval: { low: mean - margin, high: mean + margin } };
}
