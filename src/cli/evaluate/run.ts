/** `train-mnist evaluate`: what a saved network, or a committee of several, makes of the test images. */
import { identityOf } from "../../checkpoints/index.js";
import { classNames } from "../../data/class-names.js";
import type { Dataset } from "../../data/index.js";
import {
  accuracy,
  classMetrics,
  confusionMatrix,
  mistakesIn,
  sizesOf,
} from "../../training/index.js";
import { chooseExecutor } from "../choose-executor.js";
import { type DataFlags, expectFetching, loadDataset } from "../dataset/load.js";
import { datasetForAll } from "../dataset/trained-with.js";
import { UsageError } from "../errors/kinds.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../interruption.js";
import { classifyBy } from "../networks/classify.js";
import { type Network, readNetworks } from "../networks/read.js";
import type { ExecutorFlags } from "../options/executor.js";
import type { NetworkFlags } from "../options/network.js";
import { visible } from "../terminal/visible.js";
import { writeLines } from "../terminal/wrapped.js";
import { evaluationText } from "./text.js";

export interface EvaluateFlags extends DataFlags, ExecutorFlags, NetworkFlags {
  readonly mistakes: number;
  readonly json?: boolean;
}

/** Resolves to the exit code; throws a CheckpointError, a DataError or a UsageError. */
export function evaluate(files: readonly string[], flags: EvaluateFlags): Promise<ExitCode> {
  return untilInterrupted((signal) => evaluateUntil(signal, files, flags));
}

async function evaluateUntil(
  signal: AbortSignal,
  files: readonly string[],
  flags: EvaluateFlags,
): Promise<ExitCode> {
  const { stdout, stderr, env } = process;
  expectFetching(flags);
  const executor = chooseExecutor(flags, env);
  const networks = await readNetworks(files, flags);
  const data = { ...flags, dataset: datasetForAll(networks, flags) };
  const dataset = await loadDataset(data, Boolean(flags.json), signal);
  const { test, classes } = dataset;
  expectClasses(networks, dataset);
  const { predicted, outputs, members } = await classifyBy(networks, test, executor, { signal });
  if (signal.aborted) return exitCodeOf(signal);
  const { sha256 } = identityOf(dataset);
  for (const { file, dataset: trainedWith } of networks) {
    if (trainedWith === undefined || trainedWith.sha256 === sha256) continue;
    writeLines(
      stderr,
      `not the data that ${visible(file)} was trained with, which was ${visible(trainedWith.name)}`,
    );
  }
  const names = classNames(dataset.name);
  const evaluated = members.map(({ predicted, loss }, k) => {
    const { file } = networks[k]!;
    return { file, accuracy: accuracy(predicted, test.labels), loss: loss as number };
  });
  const [first] = evaluated;
  const evaluation = {
    ...(evaluated.length === 1 ? { file: first!.file } : { networks: evaluated }),
    dataset: dataset.name,
    images: test.count,
    accuracy: accuracy(predicted, test.labels),
    ...(evaluated.length === 1 && { loss: first!.loss }),
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

/** Throws a UsageError if the networks cannot tell as many classes as the data has. */
function expectClasses(
  [{ file, layers }]: readonly [Network, ...Network[]],
  { name, classes }: Dataset,
): void {
  const told = sizesOf(layers).at(-1);
  if (told === classes) return;
  throw new UsageError(
    `${file} tells ${told} classes, but ${name} has ${classes}: name other data, as by --dataset or --data-dir`,
  );
}
