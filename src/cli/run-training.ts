/** A training run: loads the data, trains with the executor, and reports on every epoch. */
import { type CatalogueEntry, chooseDataset } from "../data/index.js";
import {
  bestEpoch,
  type Ending,
  type EpochReport,
  endingOf,
  Hints,
  learningRateAfter,
  type Settings,
  SettingsError,
  TargetError,
  Trainer,
  train,
} from "../training/index.js";
import { checkCombination, settingsOf } from "./combination.js";
import { type DeformationFlags, deformationOf } from "./deformation-options.js";
import { chooseExecutor } from "./executor.js";
import type { ExecutorFlags } from "./executor-options.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { exitCodeOf, listenForInterruption } from "./interruption.js";
import { jsonReporter } from "./json-reporter.js";
import type { Reporter } from "./reporter.js";
import type { SettingsFlags } from "./settings-options.js";
import { textReporter } from "./text-reporter.js";

/** What the flags of `train-mnist train` say. */
export interface Flags extends Omit<SettingsFlags, "deformation">, DeformationFlags, ExecutorFlags {
  readonly dataDir?: string;
  readonly testDir?: string;
  readonly dataset?: string;
  readonly cacheDir?: string;
  readonly mirror?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
}

/** Resolves to the exit code; throws a SettingsError or a DataError for what the user can mend. */
export async function runTraining(flags: Flags): Promise<ExitCode> {
  const { signal, release } = listenForInterruption();
  try {
    return await runUntil(signal, flags);
  } finally {
    release();
  }
}

async function runUntil(signal: AbortSignal, flags: Flags): Promise<ExitCode> {
  const {
    dataDir,
    testDir,
    dataset: named,
    cacheDir,
    mirror,
    json,
    quiet,
    dryRun,
    executor: name,
    threads,
    backend,
    elastic,
    rotation,
    shear,
    scaling,
    ...others
  } = flags;
  const deformation = deformationOf({ elastic, rotation, shear, scaling });
  const settings = settingsOf({ ...others, ...(deformation && { deformation }) });
  const { stdout, stderr, env } = process;
  const executor = chooseExecutor({ executor: name, threads, backend }, env);
  if (named !== undefined && dataDir !== undefined) {
    throw new SettingsError(`--data-dir and --dataset ${named} exclude each other: drop one`);
  }
  const fetch = async (entry: CatalogueEntry) => {
    const { fetchDataset } = await import("./data-fetch.js");
    const whence = { cacheDir, mirror, quiet: quiet || json };
    const directory = await fetchDataset(entry, whence, signal);
    if (directory === undefined) throw new Stopped();
    return directory;
  };
  const chosen = await unlessStopped(
    chooseDataset({ name: named, directory: dataDir, testDirectory: testDir, fetch }, env),
  );
  if (chosen === undefined) return exitCodeOf(signal);
  const { dataset, notice } = chosen;
  if (notice !== undefined) stderr.write(`${notice}\n`);
  const trainer = new Trainer(settings, dataset, executor);
  const { trainSize, validationSize } = trainer.split;
  checkCombination(settings, trainer.split);
  const reporter = json
    ? jsonReporter(stdout)
    : textReporter({ stdout, stderr, env, quiet: quiet ?? false });
  reporter.start({
    dataset: dataset.name,
    trainSize,
    validationSize,
    testSize: dataset.test.count,
    layers: trainer.layers,
    parameters: trainer.parameters,
    executor: executor.name,
    settings,
  });
  const task = dryRun ? tryOneBatch : trainAllEpochs;
  try {
    return await task(trainer, settings, reporter, signal);
  } finally {
    trainer.dispose();
  }
}

/** The user stopped the run while it was still fetching its data. */
class Stopped extends Error {}

/** Undefined if the run was stopped. */
async function unlessStopped<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    throw error;
  }
}

async function trainAllEpochs(
  trainer: Trainer,
  settings: Settings,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<ExitCode> {
  const start = performance.now();
  const reports: EpochReport[] = [];
  const hints = new Hints(trainer, settings);
  const watch = (epoch: number) => ({
    signal,
    onProgress: (images: number) => reporter.progress(epoch, images),
  });
  for await (const report of train(trainer, settings, watch)) {
    reports.push(report);
    reporter.epoch(report);
    const hint = hints.after(report);
    if (hint !== undefined) reporter.hint(report.epoch, hint);
  }
  if (signal.aborted) {
    reporter.interrupted(reports.length);
    return exitCodeOf(signal);
  }
  const [last, best] = [reports.at(-1) as EpochReport, bestEpoch(reports) as EpochReport];
  const reason = endingOf(reports, settings) as Ending;
  reporter.end({
    reason,
    epochs: last.epoch,
    testAccuracy: last.testAccuracy,
    bestEpoch: best.epoch,
    bestTestAccuracy: best.testAccuracy,
    seconds: (performance.now() - start) / 1000,
    weightsSha256: trainer.weightsSha256(),
  });
  const { targetAccuracy } = settings;
  if (targetAccuracy === undefined || reason === "target-accuracy") return exitCodes.success;
  throw new TargetError(
    `the validation accuracy never reached --target-accuracy ${targetAccuracy}: the best was ${best.validationAccuracy}, in epoch ${best.epoch}`,
  );
}

async function tryOneBatch(
  trainer: Trainer,
  settings: Settings,
  reporter: Reporter,
): Promise<ExitCode> {
  const controller = new AbortController();
  const learningRate = learningRateAfter([], settings);
  const { loss, seconds } = await trainer.trainEpoch(
    { epoch: 1, learningRate },
    { signal: controller.signal, onProgress: () => controller.abort() },
  );
  reporter.dryRun({ loss, seconds });
  return exitCodes.success;
}
