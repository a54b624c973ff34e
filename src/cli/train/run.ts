/** A training run: prepared from the configuration, then trained epoch by epoch. */
import type { Executor } from "../../autodiff/index.js";
import {
  CheckpointError,
  type DatasetIdentity,
  type Made,
  restore,
  startFrom,
} from "../../checkpoints/index.js";
import { classNames } from "../../data/class-names.js";
import type { Images } from "../../data/dataset.js";
import { asFlags, withRecipe } from "../../recipes/words.js";
import {
  DivergenceError,
  endingOf,
  type Progress,
  type Settings,
  SettingsError,
  Trainer,
} from "../../training/index.js";
import { BEGINNING } from "../../training/reports.js";
import { chooseExecutor } from "../choose-executor.js";
import type { Configuration } from "../configuration/configure.js";
import { collectGarbage } from "../dataset/collect-garbage.js";
import { type Identified, loadIdentified } from "../dataset/identified.js";
import type { ExitCode } from "../exit-codes.js";
import { untilInterrupted } from "../interruption.js";
import { measuringOf } from "../options/measuring.js";
import { packageVersion } from "../version.js";
import { type Run, runEpochs, tryOneBatch } from "./epochs.js";
import { inForce } from "./in-force.js";
import { expectMeasurable } from "./measurable.js";
import { epochsHeld, expectSameRun } from "./occupied.js";
import { expectViewable, type TrainFlags } from "./options.js";
import { jsonReporter } from "./reporting/json-reporter.js";
import { type Reporter, type Resumed, type Start, together } from "./reporting/reporter.js";
import { textReporter } from "./reporting/text-reporter.js";
import { checkDataset, type SavedRun, savedFlags } from "./resumption.js";
import { Saver } from "./saver.js";
import { checkFiles, savingPlan } from "./saving-plan.js";
import { expectFitting, type Starting } from "./starting.js";
import type { View } from "./view.js";

/**
 * Resolves to the exit code; throws a UsageError, a SettingsError, a DataError or a CheckpointError for
 * what the user can mend.
 */
export function train(configuration: Configuration<TrainFlags>): Promise<ExitCode> {
  const reporter = reporterFor(configuration.flags);
  return untilInterrupted((signal) => trainUntil(signal, configuration, reporter));
}

function reporterFor({ json, quiet = false }: TrainFlags): Reporter {
  const { stdout, stderr, env } = process;
  return json ? jsonReporter(stdout) : textReporter({ stdout, stderr, env, quiet });
}

/**
 * The same, until the signal comes, whoever is told about the run.
 *
 * @param data that many runs are trained on; without it, what the flags name is loaded
 */
export async function trainUntil(
  signal: AbortSignal,
  asked: Configuration<TrainFlags>,
  reporter: Reporter,
  data?: Identified,
): Promise<ExitCode> {
  const { saved, starting, configuration } = await inForce(asked);
  const { flags, given } = configuration;
  expectViewable(flags);
  // Who else is told of the run is loaded where that is asked for: training begins sooner without.
  const { tensorboard: folder } = flags;
  const tensorboard = folder && (await import("./reporting/tensorboard.js"));
  if (tensorboard) tensorboard.expectNewEvents(folder, flags, saved?.checkpoint.reports ?? []);
  const executor = chooseExecutor(flags, process.env);
  const plan = flags.dryRun ? undefined : savingPlan(flags);
  if (plan !== undefined) await checkFiles(plan);

  const opened = await open(configuration, executor, { saved, starting, data }, signal);
  await collectGarbage();
  const { trainer, dataset, test } = opened;
  const keeping = flags.keepBest ? "--keep-best" : undefined;
  expectMeasurable(flags, trainer.split.validationSize, keeping);
  const before = saved?.checkpoint ?? BEGINNING;
  const made = madeBy(trainer, flags);
  const startedFrom = starting?.sha256 ?? saved?.startedFrom;
  const kept = savedFlags({ ...flags, startFrom: startedFrom });
  const metadata = { flags: kept, dataset, made };
  const identity = { ...metadata, settings: { ...trainer.settings, ...trainer.split } };
  if (plan?.overwrite === false) await expectSameRun(plan, identity, before);
  const bestHeld = saved && (await epochsHeld(plan?.bestFile, identity));
  const saver = plan && new Saver(plan, before, trainer, metadata, bestHeld);
  const start = {
    ...(flags.name !== undefined && { name: flags.name }),
    ...made,
    dataset: dataset.name,
    datasetSha256: dataset.sha256,
    ...trainer.split,
    testSize: trainer.testSize,
    layers: trainer.layers,
    parameters: trainer.parameters,
    executor: executor.name,
    settings: trainer.settings,
    ...(startedFrom !== undefined && { startFrom: startedFrom }),
    ...(given.recipe && { recipe: given.recipe }),
    ...(given.plain && !saved && { plain: plainFlags(trainer.settings, given.plain) }),
    ...(saved && { resumed: { file: saved.file, ...pointOf(before, trainer) } }),
  };
  const names = classNames(dataset.name);
  const recipe = given.recipe?.name;
  const beside = withRecipe(recipe) + (saved ? ", in a new run" : "");
  let view: View | undefined;
  try {
    if (test !== undefined) {
      const { openView } = await import("./view.js");
      view = await openView(flags, { trainer, recipe, dataset: { ...dataset, test }, before });
    }
    const events =
      tensorboard && (await tensorboard.tensorboardReporter(folder, trainer, before, made.date));
    const told = together([
      reporter,
      ...(view ? [view.reporter] : []),
      ...(events ? [events] : []),
    ]);
    const run = { trainer, reporter: told, signal, saver, beside, classNames: names, before };
    const code = await reported(start, run, flags.dryRun ? tryOneBatch : runEpochs);
    await view?.stay(signal);
    return code;
  } finally {
    trainer.dispose();
    await view?.close();
  }
}

async function reported(
  start: Start,
  run: Run,
  go: (run: Run) => Promise<ExitCode>,
): Promise<ExitCode> {
  await run.reporter.start(start);
  try {
    return await go(run);
  } catch (thrown) {
    const error = advising(run.beside, thrown);
    await run.reporter.failed(error);
    throw error;
  }
}

/** What training has failed with; if it proposes a setting, with what belongs beside that. */
function advising(beside: string, error: unknown): unknown {
  if (!(error instanceof DivergenceError)) return error;
  const { epoch, step, sentence } = error;
  return new DivergenceError(epoch, step, [...sentence, beside]);
}

/** A trainer and its data set, of which it has the images that it needs. */
interface Opened {
  readonly trainer: Trainer;
  readonly dataset: DatasetIdentity;
  /** If they are to be shown. */
  readonly test?: Images;
}

/** What a run begins with, if it is not with random weights, and on data that is not loaded yet. */
interface Beginning {
  readonly saved: SavedRun | undefined;
  readonly starting: Starting | undefined;
  readonly data: Identified | undefined;
}

/**
 * Loads the data, and makes a trainer of it in the state that the run is to begin in. All images are held
 * on to in here alone, so that they can be freed.
 */
async function open(
  { settings, flags }: Configuration<TrainFlags>,
  executor: Executor,
  { saved, starting, data }: Beginning,
  signal: AbortSignal,
): Promise<Opened> {
  const { dataset, identity } = data ?? (await loadIdentified(flags, signal));
  if (saved !== undefined) checkDataset(saved, identity);
  if (starting !== undefined) expectFitting(starting, settings, dataset);
  const measuring = measuringOf(flags, flags.keepBest === true);
  const trainer = new Trainer(settings, dataset, executor, measuring);
  if (saved !== undefined) restoreFrom(saved, trainer);
  if (starting !== undefined) startFrom(trainer, starting.layers);
  return { trainer, dataset: identity, ...(flags.view && { test: dataset.test }) };
}

function restoreFrom({ file, checkpoint }: SavedRun, trainer: Trainer): void {
  try {
    restore(trainer, checkpoint);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new CheckpointError(`${file} cannot be resumed: ${error.message}.`, { cause: error });
  }
}

function plainFlags(settings: Settings, names: readonly string[]): string {
  return asFlags(
    Object.fromEntries(Object.entries(settings).filter(([name]) => names.includes(name))),
  );
}

/** What runs the programs, and when. */
function madeBy({ machine: { threads, simd } }: Trainer, { executor, backend }: TrainFlags): Made {
  const engine = executor === "engine" ? { backend, ...(simd && { simd }) } : {};
  return { version: packageVersion(), date: new Date().toISOString(), threads, ...engine };
}

function pointOf({ reports, images }: Progress, { settings }: Trainer): Omit<Resumed, "file"> {
  const ended = endingOf(reports, settings) !== undefined;
  return { epochs: reports.length, images, ended };
}
