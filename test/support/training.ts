/** Runs of training for tests. */
import { type Matrix, matrixOf } from "../../src/autodiff/index.js";
import type { Parameters as NetworkParameters } from "../../src/nn/index.js";
import {
  completeSettings,
  type EpochReport,
  type Progress,
  type Settings,
  type Trainer,
  train,
} from "../../src/training/index.js";

/** Settings for small data sets, apart from what a test is about. */
export function settingsWith(some: Partial<Settings> = {}): Settings {
  return completeSettings({
    ...{ epochs: 2, batchSize: 5, hidden: [6], validationSize: 0 },
    ...some,
  });
}

/** Trains to the end, or until the watch's signal comes; resolves to what was reported. */
export async function reportsOf(
  trainer: Trainer,
  watch?: Parameters<typeof train>[1],
  before?: Progress,
): Promise<EpochReport[]> {
  const reports: EpochReport[] = [];
  for await (const report of train(trainer, watch, before)) reports.push(report);
  return reports;
}

/** The present parameters of the network. */
export function parametersOf(trainer: Trainer): NetworkParameters<Matrix> {
  const weights = trainer.weights();
  return trainer.layers.slice(1).map((rows, l) => ({
    w: matrixOf([rows, trainer.layers[l]!], weights[2 * l]!),
    b: matrixOf([rows, 1], weights[2 * l + 1]!),
  }));
}
