/** A training run: everything it takes from the flags, then its epochs. */
import type { Executor } from "../../autodiff/index.js";
import { identityOf, restore } from "../../checkpoints/index.js";
import type { Dataset } from "../../data/index.js";
import { endingOf, type Settings, SettingsError, Trainer } from "../../training/index.js";
import { chooseExecutor } from "../choose-executor.js";
import { checkCombination, settingsOf } from "../configuration/combination.js";
import { type Given, NOTHING } from "../configuration/given.js";
import { type DataFlags, loadDataset } from "../dataset/load.js";
import type { ExitCode } from "../exit-codes.js";
import { exitCodeOf, listenForInterruption } from "../interruption.js";
import { type DeformationFlags, deformationOf } from "../options/deformation.js";
import type { ExecutorFlags } from "../options/executor.js";
import type { SettingsFlags } from "../options/settings.js";
import { collectGarbage } from "./collect-garbage.js";
import { runEpochs, tryOneBatch } from "./epochs.js";
import { jsonReporter } from "./json-reporter.js";
import type { Reporter, Resumed } from "./reporter.js";
import { checkCourse, checkDataset, takeUp } from "./resumption.js";
import { type Progress, Saver } from "./saver.js";
import type { SavingFlags } from "./saving-options.js";
import { checkFiles, savingPlan } from "./saving-plan.js";
import { textReporter } from "./text-reporter.js";

/** What the flags of `train-mnist train` say. */
export interface Flags
  extends Omit<SettingsFlags, "deformation">,
    DeformationFlags,
    ExecutorFlags,
    DataFlags,
    SavingFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Resolves to the exit code; throws a SettingsError, a DataError or a CheckpointError for what the
 * user can mend.
 */
export async function runTraining(flags: Flags, given: Given): Promise<ExitCode> {
  const { signal, release } = listenForInterruption();
  try {
    return await trainUntil(signal, flags, reporterFor(flags), given);
  } finally {
    release();
  }
}

function reporterFor({ json, quiet = false }: Flags): Reporter {
  const { stdout, stderr, env } = process;
  return json ? jsonReporter(stdout) : textReporter({ stdout, stderr, env, quiet });
}

/** The same, until the signal comes, whoever is told about the run. */
export async function trainUntil(
  signal: AbortSignal,
  flags: Flags,
  reporter: Reporter,
  given = NOTHING,
): Promise<ExitCode> {
  const { save, saveEvery, keepBest, resume, json, quiet, dryRun, ...others } = flags;
  const { dataDir, testDir, dataset: asked, cacheDir, mirror, threads, ...decisive } = others;

  const taken = resume === undefined ? undefined : await takeUp(resume, decisive, given);
  const { executor: name, backend, ...rest } = taken?.values ?? decisive;
  const { elastic, rotation, shear, scaling, ...plain } = rest;
  const deformation = deformationOf({ elastic, rotation, shear, scaling });
  const settings = settingsOf({ ...plain, ...(deformation && { deformation }) }, given);
  if (taken !== undefined) checkCourse(taken, settings);
  const executor = chooseExecutor({ executor: name, threads, backend }, process.env);
  const plan = dryRun ? undefined : savingPlan(flags);
  if (plan !== undefined) await checkFiles(plan);

  const named = asked ?? (dataDir === undefined ? taken?.dataset : undefined);
  const data = { dataDir, testDir, dataset: named, cacheDir, mirror };
  const load = () => loadDataset(data, Boolean(quiet || json), signal);
  const identify = (dataset: Dataset) => {
    if (taken !== undefined) checkDataset(taken, identityOf(dataset));
    return plan && (taken?.checkpoint.dataset ?? identityOf(dataset));
  };
  const opened = await open(settings, executor, load, identify);
  if (opened === undefined) return exitCodeOf(signal);
  await collectGarbage();
  const { trainer, name: datasetName, identity } = opened;
  if (taken !== undefined) restore(trainer, taken.checkpoint);
  const { trainSize, validationSize } = trainer.split;
  checkCombination(settings, trainer.split);
  if (keepBest && validationSize === 0) {
    throw new SettingsError(
      "--keep-best needs validation images, of which --validation-size 0 keeps none",
    );
  }
  const before: Progress = taken?.checkpoint ?? { reports: [], images: 0, seconds: 0 };
  const saver =
    plan &&
    identity &&
    new Saver(plan, before, trainer, {
      settings: { ...settings, trainSize, validationSize },
      flags: { executor: name, backend, dataset: named, elastic, rotation, shear, scaling },
      dataset: identity,
    });

  reporter.start({
    dataset: datasetName,
    trainSize,
    validationSize,
    testSize: trainer.testSize,
    layers: trainer.layers,
    parameters: trainer.parameters,
    executor: executor.name,
    settings,
    ...(given.recipe && { recipe: given.recipe }),
    ...(taken && { resumed: { file: taken.file, ...howFar(before, settings) } }),
  });
  const run = { trainer, settings, reporter, signal, saver, before };
  try {
    return await (dryRun ? tryOneBatch(run) : runEpochs(run));
  } catch (error) {
    reporter.failed(error);
    throw error;
  } finally {
    trainer.dispose();
  }
}

/**
 * A trainer with its data, and what is to be known of these. Nothing here keeps the images, of which the
 * trainer has what it needs: an async function would hold on to them for as long as it waits.
 */
async function open<Known>(
  settings: Settings,
  executor: Executor,
  load: () => Promise<Dataset | undefined>,
  identify: (dataset: Dataset) => Known,
) {
  const dataset = await load();
  if (dataset === undefined) return undefined;
  const identity = identify(dataset);
  return { trainer: new Trainer(settings, dataset, executor), name: dataset.name, identity };
}

function howFar(
  { reports, images }: Progress,
  settings: Settings,
): Pick<Resumed, "epochs" | "images" | "ended"> {
  const ended = endingOf(reports, settings) !== undefined;
  return { epochs: reports.length, images, ended };
}
