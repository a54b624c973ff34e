/** The epochs of a training run, with a report on each, saved as they go. */
import {
  bestEpoch,
  type EpochReport,
  endingOf,
  type Hint,
  hintAfter,
  learningRateAfter,
  type Progress,
  type Trainer,
  train,
} from "../../training/index.js";
import { TargetError } from "../errors/kinds.js";
import { withFlags } from "../errors/sentence.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf } from "../interruption.js";
import { invocation } from "../invocation.js";
import type { Reporter } from "./reporting/reporter.js";
import { commandToResume } from "./resumption.js";
import type { Saver } from "./saver.js";

export interface Run {
  readonly trainer: Trainer;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  /** Undefined if the run is not saved. */
  readonly saver: Saver | undefined;
  /** What is said after a setting to try: the recipe, and that a run which is resumed keeps its settings. */
  readonly beside: string;
  /** What the classes are called, if they are no digits. */
  readonly classNames: readonly string[] | undefined;
  /** The progress of the run before, if it is resumed. */
  readonly before: Progress;
}

/** Trains until all epochs are done or the signal comes. Throws a CheckpointError if it cannot save. */
export async function runEpochs({
  trainer,
  reporter,
  signal,
  saver,
  beside,
  classNames,
  before,
}: Run): Promise<ExitCode> {
  const { settings } = trainer;
  const start = performance.now();
  const reports: EpochReport[] = [...before.reports];
  /** Each is given once. */
  const hinted = new Set<Hint["sign"]>();
  let { images, seconds } = before;
  const watch = (epoch: number) => {
    const begin = performance.now() - 1000 * seconds;
    return {
      signal,
      async onProgress(done: number) {
        images = done;
        seconds = (performance.now() - begin) / 1000;
        await reporter.progress(epoch, done, trainer.loss(), seconds);
        await saver?.within({ reports, images, seconds });
      },
    };
  };
  for await (const report of train(trainer, watch, before)) {
    reports.push(report);
    [images, seconds] = [0, 0];
    await reporter.epoch(report);
    const hint = hintAfter(report, trainer, classNames);
    if (hint !== undefined && !hinted.has(hint.sign)) {
      hinted.add(hint.sign);
      await reporter.hint(report.epoch, withFlags(hint.words) + beside);
    }
    await saver?.after(reports);
  }
  await saver?.finish({ reports, images, seconds });
  const reason = endingOf(reports, settings);
  if (reason === undefined) {
    const file = saver?.plan.file;
    const saved = file && {
      file,
      goOn: commandToResume(invocation(process.env), process.argv.slice(2), file),
    };
    const code = exitCodeOf(signal);
    if (code !== exitCodes.closedPipe) {
      await reporter.interrupted({ epochs: reports.length, ...(saved && { saved }) });
    }
    return code;
  }
  const [last, best] = [reports.at(-1) as EpochReport, bestEpoch(reports) as EpochReport];
  await reporter.end({
    reason,
    epochs: last.epoch,
    testAccuracy: last.testAccuracy as number,
    bestEpoch: best.epoch,
    bestValidationAccuracy: best.validationAccuracy,
    bestTestAccuracy: best.testAccuracy,
    seconds: (performance.now() - start) / 1000,
    weightsSha256: trainer.weightsSha256(),
    ...saver?.saved,
  });
  const { targetAccuracy } = settings;
  if (targetAccuracy === undefined || reason === "target-accuracy") return exitCodes.success;
  throw new TargetError(
    `the validation accuracy never reached --target-accuracy ${targetAccuracy}: the best was ${best.validationAccuracy}, in epoch ${best.epoch}`,
  );
}

/** Trains on one batch, and reports what that costs, unless the signal has come. */
export async function tryOneBatch({ trainer, reporter, signal }: Run): Promise<ExitCode> {
  const controller = new AbortController();
  const learningRate = learningRateAfter([], trainer.settings);
  const { loss, seconds } = await trainer.trainEpoch(
    { epoch: 1, learningRate },
    { signal: controller.signal, onProgress: () => controller.abort() },
  );
  if (signal.aborted) return exitCodeOf(signal);
  await reporter.dryRun({ loss, seconds });
  return exitCodes.success;
}
