/** `train-mnist reproduce`: published runs again, one after the other, and a report on them. */
import { resolve } from "node:path";
import { systemReason } from "../../files/reason.js";
import { tryToReplace } from "../../files/replace.js";
import { quickRecipes, type Recipe, recipes } from "../../recipes/index.js";
import { completeSettings } from "../../training/settings/settings.js";
import { NOTHING } from "../configuration/given.js";
import { recipeNamed } from "../configuration/recipe-named.js";
import { dataFolder } from "../dataset/places.js";
import { UsageError } from "../errors/kinds.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../interruption.js";
import type { ExecutorFlags } from "../options/executor.js";
import { trainUntil } from "../train/run.js";
import { writeText } from "../write-text.js";
import { beside } from "./beside.js";
import { compare } from "./comparison.js";
import { figuresBeside } from "./figures.js";
import { madeHere } from "./made.js";
import { observer, type Results } from "./observer.js";
import { publishedData } from "./published-data.js";
import { complete, DATASET, type Identity, openRecord, type RunRecord } from "./record.js";
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
  const { all, out, record: file = out && beside(out, ".jsonl"), reportOnly } = flags;
  const byDefault = all ? recipes : quickRecipes;
  const chosen = names.length === 0 ? byDefault : [...new Set(names)].map(recipeNamed);
  if (out !== undefined) await tryToWrite(out, file);
  const record = openRecord(file);
  const code = reportOnly ? exitCodes.success : await runMissing(chosen, flags, record);
  const comparisons = chosen.map((recipe) =>
    compare(recipe, record.withAnySeed(identityOf(recipe, 0, flags))),
  );
  const figures = out === undefined ? [] : figuresBeside(out, comparisons);
  const text = report(comparisons, `executor ${flags.executor}`, figures);
  if (out === undefined) process.stdout.write(text);
  else await writeText(out, text);
  for (const { file, svg } of figures) await writeText(file, svg);
  return code;
}

/** Trains what is not in the record yet. Resolves to the exit code of an interrupted run, or to success. */
async function runMissing(
  chosen: readonly Recipe[],
  flags: ReproduceFlags,
  record: RunRecord,
): Promise<ExitCode> {
  const { executor, threads, simd, backend, cacheDir } = flags;
  const planned = chosen.flatMap((recipe) =>
    flags.seeds.map((seed) => ({ recipe, identity: identityOf(recipe, seed, flags) })),
  );
  const data = await publishedData(dataFolder(flags));
  const measuring = { measure: ["validation", "test"], evalEvery: 1 } as const;
  const trainFlags = { executor, threads, simd, backend, cacheDir, ...measuring, ...data };
  return untilInterrupted(async (signal) => {
    for (const [i, { recipe, identity }] of planned.entries()) {
      const label = `${i + 1}/${planned.length} ${recipe.name}, seed ${identity.seed}`;
      if (record.find(identity) !== undefined) {
        process.stderr.write(`${label}: in the record\n`);
        continue;
      }
      const finish = (results: Results) =>
        record.add({ settings: identity, dataset: DATASET, ...results, made: madeHere(threads) });
      const settings = completeSettings({ ...recipe.settings, seed: identity.seed });
      const run = { settings, flags: trainFlags, given: NOTHING };
      await trainUntil(signal, run, observer(label, finish));
      if (signal.aborted) return exitCodeOf(signal);
    }
    return exitCodes.success;
  });
}

/** What decides a run of a recipe. */
function identityOf(recipe: Recipe, seed: number, { executor, backend }: ExecutorFlags): Identity {
  return complete({ ...recipe.settings, seed, executor, backend });
}

/** Finds out before the first run whether the report can be written after the last. */
async function tryToWrite(path: string, record: string | undefined): Promise<void> {
  if (record !== undefined && resolve(path) === resolve(record)) {
    throw new UsageError(
      `${path} cannot be both the report and the record of the runs: name one of them otherwise, by --out or --record`,
    );
  }
  try {
    await tryToReplace(path);
  } catch (error) {
    throw new UsageError(`cannot write the report to ${path}: ${systemReason(error)}`);
  }
}
