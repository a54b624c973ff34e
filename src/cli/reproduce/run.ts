/** `train-mnist reproduce`: published runs again, as many at once as there are cores, and a report on them. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { counted } from "../../counted.js";
import { attemptToWrite } from "../../files/attempt.js";
import { makeDirectory } from "../../files/directory.js";
import { tryToReplace } from "../../files/replace.js";
import { quickRecipes, type Recipe, recipes } from "../../recipes/index.js";
import { recipeNamed } from "../configuration/recipe-named.js";
import { dataFolder } from "../dataset/places.js";
import { ReportedError, UsageError } from "../errors/kinds.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../interruption.js";
import type { ExecutorFlags } from "../options/executor.js";
import { childWorker } from "../pool/child-process.js";
import { type JobsFlags, jobsFor, threadsFor } from "../pool/jobs.js";
import { pool } from "../pool/pool.js";
import { localWorker } from "../pool/worker.js";
import { expectNoRun, tellReplaced } from "../runs/targets.js";
import { duration, percent } from "../terminal/format.js";
import { canDraw } from "../terminal/streams.js";
import { tally } from "../terminal/tally.js";
import type { Part } from "../train/reporting/part-reporter.js";
import { writeText } from "../write-text.js";
import { beside } from "./beside.js";
import { expectNetworks, type Member, type Members, testTogether } from "./committees.js";
import { compare } from "./comparison.js";
import { complete, DATASET, type RunSettings } from "./entry.js";
import { figuresBeside } from "./figures.js";
import { originHere } from "./origin.js";
import { publishedData } from "./published-data.js";
import { openRecord, type RunRecord } from "./record.js";
import { report } from "./report.js";
import { type Outcome, open, type Results, type Setup, type Task } from "./worker.js";

export interface ReproduceFlags extends ExecutorFlags, JobsFlags {
  readonly seeds: readonly number[];
  readonly all?: boolean;
  readonly out?: string;
  readonly record?: string;
  /** The folder to save each run to. */
  readonly save?: string;
  readonly committee?: boolean;
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
  if (all && names.length > 0) {
    throw new UsageError(`--all has no effect: with ${names.join(", ")}, no other recipe is run`);
  }
  const byDefault = all ? recipes : quickRecipes;
  const chosen = names.length === 0 ? byDefault : [...new Set(names)].map(recipeNamed);
  if (out !== undefined) await tryToWrite(out, file);
  const record = await openRecord(file, reportOnly ? "read" : undefined);
  const code = reportOnly ? exitCodes.success : await runMissing(chosen, flags, record);
  const comparisons = chosen.map((recipe) => {
    const runSettings = runSettingsOf(recipe, 0, flags);
    return compare(recipe, record.withAnySeed(runSettings), record.committees(runSettings));
  });
  const figures = out === undefined ? [] : figuresBeside(out, comparisons);
  const text = report(comparisons, `executor ${flags.executor}`, figures);
  if (out === undefined) process.stdout.write(text);
  else await writeText(out, text);
  for (const { file, svg } of figures) await writeText(file, svg);
  return code;
}

interface Planned extends Task {
  readonly runSettings: RunSettings;
  /** `3/6 best, seed 3` */
  readonly label: string;
  /** About how long it takes. */
  readonly seconds: number;
}

/** Trains and tests what is not in the record yet. Resolves to the exit code of an interrupted run, or to success. */
async function runMissing(
  chosen: readonly Recipe[],
  flags: ReproduceFlags,
  record: RunRecord,
): Promise<ExitCode> {
  const all = chosen.flatMap((recipe) => flags.seeds.map((seed) => ({ recipe, seed })));
  const { executor, backend, simd, cacheDir, save } = flags;
  const committees = () => (flags.committee ? membersOf(chosen, flags) : []);
  await expectNetworks(committees(), record);
  const data = await publishedData(dataFolder(flags));
  if (save !== undefined) await makeFolder(save);
  const missing: Planned[] = [];
  all.forEach(({ recipe, seed }, i) => {
    const label = `${i + 1}/${all.length} ${recipe.name}, seed ${seed}`;
    const runSettings = runSettingsOf(recipe, seed, flags);
    const same = missing.find((each) => isDeepStrictEqual(each.runSettings, runSettings));
    if (record.find(runSettings) !== undefined) process.stderr.write(`${label}: in the record\n`);
    else if (same !== undefined) process.stderr.write(`${label}: the same as ${same.label}\n`);
    else
      missing.push({
        runSettings,
        settings: { ...recipe.settings, seed },
        ...(save !== undefined && { file: fileOf(save, recipe, seed, flags) }),
        label,
        seconds: recipe.seconds,
      });
  });
  const jobs = jobsFor(flags.jobs, missing.length);
  const threads = threadsFor(jobs, flags.threads);
  const measuring = { measure: ["validation", "test"], evalEvery: 1 } as const;
  const trainFlags = { executor, threads, simd, backend, cacheDir, ...measuring, ...data };
  return untilInterrupted(async (signal) => {
    await trainAll(missing, jobs, { flags: trainFlags, tasks: missing }, record, signal);
    if (!signal.aborted) await testTogether(committees(), trainFlags, record, signal);
    return signal.aborted ? exitCodeOf(signal) : exitCodes.success;
  });
}

/** The runs of each recipe, to be tested together. Throws a UsageError if flags do not fit. */
function membersOf(chosen: readonly Recipe[], flags: ReproduceFlags): Members[] {
  const { save, seeds } = flags;
  if (save === undefined) {
    throw new UsageError("--committee needs the networks of all runs: name their folder by --save");
  }
  if (seeds.length < 2) {
    throw new UsageError("--committee takes several runs: name two seeds or more by --seeds");
  }
  const inOrder = [...seeds].sort((a, b) => a - b);
  return chosen.map((recipe) => {
    const members = inOrder.map((seed) => ({
      runSettings: runSettingsOf(recipe, seed, flags),
      file: fileOf(save, recipe, seed, flags),
    }));
    return { recipe, members: members as [Member, ...Member[]] };
  });
}

/** Where a run is saved. Recipes with the same settings have the same runs, so it may be there by another's name. */
function fileOf(folder: string, recipe: Recipe, seed: number, flags: ExecutorFlags): string {
  const fileIn = ({ name }: Recipe) => join(folder, `${name}-${seed}.safetensors`);
  const runSettings = runSettingsOf(recipe, seed, flags);
  const same = recipes.filter((each) =>
    isDeepStrictEqual(runSettingsOf(each, seed, flags), runSettings),
  );
  const files = [recipe, ...same].map(fileIn);
  return files.find((file) => existsSync(file)) ?? fileIn(recipe);
}

/** Several processes begin with what takes longest, so that none is left alone with that at the end. */
async function trainAll(
  missing: readonly Planned[],
  jobs: number,
  setup: Setup,
  record: RunRecord,
  signal: AbortSignal,
): Promise<void> {
  const { stderr, env } = process;
  const bar = tally(stderr, missing.length, canDraw(stderr, env));
  try {
    await pool<Planned, Part, Outcome>({
      tasks: jobs === 1 ? missing : [...missing].sort((a, b) => b.seconds - a.seconds),
      jobs,
      signal,
      start: (signal) =>
        jobs === 1 ? localWorker(open, setup, signal) : childWorker(WORKER, setup, signal),
      onNews: (run, part) => bar.part(run, part),
      onOutcome(run, outcome) {
        const { label, runSettings: settings } = run;
        bar.part(run, undefined);
        if ("stoppedAfter" in outcome) {
          bar.say(`${label}: stopped after ${counted(outcome.stoppedAfter, "epoch")}`);
          return true;
        }
        const { results } = outcome;
        const made = originHere(setup.flags.threads);
        bar.add("done");
        bar.say(`${label}: ${resultsText(results)}`);
        record.add({ settings, dataset: DATASET, ...results, made });
        return false;
      },
      onBroken(run, how, isGivenUp) {
        const message = `${run.label}: its process has ${how}`;
        if (isGivenUp) throw new ReportedError(`${message}, each time`, exitCodes.failure);
        bar.say(`${message}; another begins it again`);
      },
    });
  } finally {
    bar.clear();
  }
}

const WORKER = new URL("./worker.js", import.meta.url);

function resultsText({ test, seconds }: Results): string {
  const accuracies = `${percent(test.at(-1) as number)}, ${percent(Math.max(...test))} at best`;
  return `${accuracies}; ${duration(seconds)}`;
}

/** What decides a run of a recipe. */
function runSettingsOf(
  recipe: Recipe,
  seed: number,
  { executor, backend }: ExecutorFlags,
): RunSettings {
  return complete({ ...recipe.settings, seed, executor, backend });
}

/** For the runs to be saved in, unless it is there. */
async function makeFolder(path: string): Promise<void> {
  await attemptToWrite(
    () => makeDirectory(path),
    (reason, options) => new UsageError(`cannot save runs in ${path}: ${reason}`, options),
  );
}

/** Finds out before the first run whether the report can be written after the last. */
async function tryToWrite(path: string, record: string | undefined): Promise<void> {
  if (record !== undefined && resolve(path) === resolve(record)) {
    throw new UsageError(
      `${path} cannot be both the report and the record of the runs: name one of them otherwise, by --out or --record`,
    );
  }
  await attemptToWrite(
    () => tryToReplace(path),
    (reason, options) => new UsageError(`cannot write the report to ${path}: ${reason}`, options),
  );
  await expectNoRun(path);
  // With its record beside it, it is an earlier report, which goes on.
  if (record === undefined || !existsSync(record)) tellReplaced([path]);
}
