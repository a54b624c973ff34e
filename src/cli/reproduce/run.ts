/** `train-mnist reproduce`: published runs again, one after the other, and a report on them. */
import { resolve } from "node:path";
import { Command } from "commander";
import { systemReason } from "../../files/reason.js";
import { tryToReplace } from "../../files/replace.js";
import { quickRecipes, type Recipe, recipeNamed, recipes } from "../../recipes/index.js";
import { SettingsError } from "../../training/errors.js";
import { settingsOf } from "../configuration/combination.js";
import { configure, configured } from "../configuration/configure.js";
import { dataFolder } from "../dataset/places.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf, listenForInterruption } from "../interruption.js";
import type { ExecutorFlags } from "../options/executor.js";
import { addTrainOptions } from "../train/command.js";
import { type Flags, trainUntil } from "../train/run.js";
import { writeText } from "../write-text.js";
import { compare } from "./comparison.js";
import { madeHere } from "./made.js";
import { observer, type Results } from "./observer.js";
import { publishedData } from "./published-data.js";
import { DATASET, type Identity, identityOf, openRecord, type RunRecord } from "./record.js";
import { report } from "./report.js";

export interface ReproduceFlags extends ExecutorFlags {
  readonly seeds: readonly number[];
  readonly all?: boolean;
  readonly out?: string;
  readonly record?: string;
  readonly reportOnly?: boolean;
  readonly dataDir?: string;
  readonly cacheDir?: string;
}

/**
 * Repeats the recipes of these names, by default the quick ones, with each seed. Runs that are in the
 * record are not repeated. The report is on all runs of these recipes that the record then has.
 */
export async function reproduce(
  names: readonly string[],
  flags: ReproduceFlags,
): Promise<ExitCode> {
  const { all, out, record: file = out && recordBeside(out), reportOnly } = flags;
  const byDefault = all ? recipes : quickRecipes;
  const chosen = names.length === 0 ? byDefault : [...new Set(names)].map(recipeNamed);
  if (out !== undefined) await tryToWrite(out, file);
  const record = openRecord(file);
  const code = reportOnly ? exitCodes.success : await runMissing(chosen, flags, record);
  const comparisons = chosen.map((recipe) =>
    compare(recipe, record.withAnySeed(settingsFor(recipe, 0, flags))),
  );
  const text = report(comparisons, `executor ${flags.executor}`);
  if (out === undefined) process.stdout.write(text);
  else await writeText(out, text);
  return code;
}

/** Trains what is not in the record yet. Resolves to the exit code of an interrupted run, or to success. */
async function runMissing(
  chosen: readonly Recipe[],
  flags: ReproduceFlags,
  record: RunRecord,
): Promise<ExitCode> {
  const { threads, cacheDir } = flags;
  const planned = chosen.flatMap((recipe) =>
    flags.seeds.map((seed) => ({ recipe, settings: settingsFor(recipe, seed, flags) })),
  );
  const data = await publishedData(dataFolder(flags));
  const { signal, release } = listenForInterruption();
  try {
    for (const [i, { recipe, settings }] of planned.entries()) {
      const label = `${i + 1}/${planned.length} ${recipe.name}, seed ${settings.seed}`;
      if (record.find(settings) !== undefined) {
        process.stderr.write(`${label}: in the record\n`);
        continue;
      }
      const finish = (results: Results) =>
        record.add({ settings, dataset: DATASET, ...results, made: madeHere(threads) });
      const run = { ...settings, threads, ...data, ...(cacheDir !== undefined && { cacheDir }) };
      await trainUntil(signal, run, observer(label, finish));
      if (signal.aborted) return exitCodeOf(signal);
    }
    return exitCodes.success;
  } finally {
    release();
  }
}

/** The settings of a run, as `train-mnist` understands them outside of any environment. */
function settingsFor({ name }: Recipe, seed: number, flags: ReproduceFlags): Identity {
  const { executor, threads, backend } = flags;
  const command = addTrainOptions(new Command());
  command.parse(["--recipe", name, "--seed", String(seed)], { from: "user" });
  configure(command, {});
  const settings = settingsOf(configured<Flags>(command));
  return identityOf({ ...settings, executor, threads, backend });
}

/** results.md → results.jsonl */
function recordBeside(out: string): string {
  return `${out.replace(/\.[^./\\]*$/, "")}.jsonl`;
}

/** Finds out before the first run whether the report can be written after the last. */
async function tryToWrite(path: string, record: string | undefined): Promise<void> {
  if (record !== undefined && resolve(path) === resolve(record)) {
    throw new SettingsError(
      `${path} cannot be both the report and the record of the runs: name one of them otherwise, by --out or --record`,
    );
  }
  try {
    await tryToReplace(path);
  } catch (error) {
    throw new SettingsError(`cannot write the report to ${path}: ${systemReason(error)}`);
  }
}
