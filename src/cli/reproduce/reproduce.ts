/** `train-mnist reproduce`: published runs again, one after the other, and a report on them. */
import { cpus } from "node:os";
import { Command } from "commander";
import { tryToReplace } from "../../checkpoints/replace-file.js";
import { systemReason } from "../../data/errors.js";
import { SettingsError } from "../../training/errors.js";
import { settingsOf } from "../combination.js";
import { configure, configured } from "../configuration.js";
import type { ExecutorFlags } from "../executor-options.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf, listenForInterruption } from "../interruption.js";
import { quickRecipes, type Recipe, recipeNamed, recipes } from "../recipes/index.js";
import { type Flags, trainUntil } from "../run-training.js";
import { addTrainOptions } from "../train-command.js";
import { writeText } from "../write-text.js";
import { compare } from "./comparison.js";
import { observer } from "./observer.js";
import { identityOf, openRecord, type Run, type RunRecord } from "./record.js";
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

interface Planned {
  readonly recipe: Recipe;
  readonly flags: Flags;
}

/**
 * Repeats the recipes of these names, by default the quick ones, with each seed. Runs that are in the
 * record are not repeated.
 */
export async function reproduce(
  names: readonly string[],
  flags: ReproduceFlags,
): Promise<ExitCode> {
  const { seeds, all, out, record: file = out && recordBeside(out), reportOnly } = flags;
  const byDefault = all ? recipes : quickRecipes;
  const chosen = names.length === 0 ? byDefault : [...new Set(names)].map(recipeNamed);
  if (out !== undefined) await tryToWrite(out);
  const record = openRecord(file);
  const planned = chosen.flatMap((recipe) =>
    seeds.map((seed) => ({ recipe, flags: flagsOf(recipe, seed, flags) })),
  );
  const code = reportOnly ? exitCodes.success : await runMissing(planned, record);
  const comparisons = chosen.map((recipe) => {
    const runs = planned
      .filter((each) => each.recipe === recipe)
      .flatMap((each) => record.find(identityOf(each.flags)) ?? []);
    return compare(recipe, runs);
  });
  const text = report(comparisons, {
    seeds,
    made: `On ${processor()}, executor ${flags.executor}`,
  });
  if (out === undefined) process.stdout.write(text);
  else await writeText(out, text);
  return code;
}

/** Trains what is not in the record yet. Resolves to the exit code of an interrupted run, or to success. */
async function runMissing(planned: readonly Planned[], record: RunRecord): Promise<ExitCode> {
  const { signal, release } = listenForInterruption();
  try {
    for (const [i, { recipe, flags }] of planned.entries()) {
      const settings = identityOf(flags);
      const label = `${i + 1}/${planned.length} ${recipe.name}, seed ${flags.seed}`;
      if (record.find(settings) !== undefined) {
        process.stderr.write(`${label}: in the record\n`);
        continue;
      }
      const finish = (results: Omit<Run, "settings">) => record.add({ settings, ...results });
      await trainUntil(signal, flags, observer(label, finish));
      if (signal.aborted) return exitCodeOf(signal);
    }
    return exitCodes.success;
  } finally {
    release();
  }
}

/** The flags of a run, as `train-mnist` understands them outside of any environment. */
function flagsOf({ name }: Recipe, seed: number, flags: ReproduceFlags): Flags {
  const { TRAIN_MNIST_DATA: place } = process.env;
  const { executor, threads, backend, dataDir = place, cacheDir } = flags;
  const command = addTrainOptions(new Command());
  command.parse(["--recipe", name, "--seed", String(seed)], { from: "user" });
  configure(command, {});
  return {
    ...settingsOf(configured<Flags>(command)),
    ...{ executor, threads, backend },
    ...(cacheDir === undefined ? {} : { cacheDir }),
    ...dataFrom(dataDir),
  };
}

/** The published figures are of MNIST: nothing else will do instead. */
function dataFrom(directory: string | undefined): Pick<Flags, "dataDir" | "dataset"> {
  return directory ? { dataDir: directory } : { dataset: "mnist" };
}

/** results.md → results.jsonl */
function recordBeside(out: string): string {
  return `${out.replace(/\.[^./\\]*$/, "")}.jsonl`;
}

/** Finds out before the first run whether the report can be written after the last. */
async function tryToWrite(path: string): Promise<void> {
  try {
    await tryToReplace(path);
  } catch (error) {
    throw new SettingsError(`cannot write the report to ${path}: ${systemReason(error)}`);
  }
}

function processor(): string {
  return cpus()[0]?.model.trim() ?? "an unknown processor";
}
