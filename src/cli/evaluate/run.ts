/** `train-mnist evaluate`: what a saved network makes of the test images. */
import { identityOf, readCheckpoint } from "../../checkpoints/index.js";
import { classNames } from "../../data/class-names.js";
import {
  accuracy,
  classify,
  classMetrics,
  confusionMatrix,
  mistakesIn,
} from "../../training/index.js";
import { chooseExecutor } from "../choose-executor.js";
import { type DataFlags, loadDataset } from "../dataset/load.js";
import { datasetFor } from "../dataset/trained-with.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../interruption.js";
import type { ExecutorFlags } from "../options/executor.js";
import { visible } from "../terminal/visible.js";
import { evaluationText } from "./text.js";

export interface EvaluateFlags extends DataFlags, ExecutorFlags {
  readonly mistakes: number;
  readonly json?: boolean;
}

/** Resolves to the exit code; throws a CheckpointError, a DataError or a UsageError. */
export function evaluate(file: string, flags: EvaluateFlags): Promise<ExitCode> {
  return untilInterrupted((signal) => evaluateUntil(signal, file, flags));
}

async function evaluateUntil(
  signal: AbortSignal,
  file: string,
  flags: EvaluateFlags,
): Promise<ExitCode> {
  const { stdout, stderr, env } = process;
  const executor = chooseExecutor(flags, env);
  const checkpoint = await readCheckpoint(file);
  const data = { ...flags, dataset: datasetFor(file, checkpoint.dataset.name, flags) };
  const dataset = await loadDataset(data, Boolean(flags.json), signal);
  const { test, classes } = dataset;
  const { predicted, outputs, loss } = await classify(checkpoint, test, executor, { signal });
  if (signal.aborted) return exitCodeOf(signal);
  if (identityOf(dataset).sha256 !== checkpoint.dataset.sha256) {
    stderr.write(
      `not the data that ${visible(file)} was trained with, which was ${visible(checkpoint.dataset.name)}\n`,
    );
  }
  const names = classNames(dataset.name);
  const evaluation = {
    file,
    dataset: dataset.name,
    images: test.count,
    accuracy: accuracy(predicted, test.labels),
    loss: loss as number,
    classes: classMetrics(predicted, test.labels, classes),
    confusion: confusionMatrix(predicted, test.labels, classes),
    mistakes: mistakesIn({ predicted, outputs }, test.labels).slice(0, flags.mistakes),
  };
  if (flags.json) {
    const metrics = evaluation.classes.map(({ images, precision = null, recall = null }, k) => {
      return { class: k, ...(names && { name: names[k] }), images, precision, recall };
    });
    stdout.write(`${JSON.stringify({ ...evaluation, classes: metrics })}\n`);
  } else {
    const lines = evaluationText({ ...evaluation, names }, test, stdout, env);
    for (const line of lines) stdout.write(`${line}\n`);
  }
  return exitCodes.success;
}
