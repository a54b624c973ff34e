/** Runs of training for tests. */
import { type EpochReport, type Settings, type Trainer, train } from "../../src/training/index.js";

/** Settings for small data sets, apart from what a test is about. */
export function settingsWith(some: Partial<Settings> = {}): Settings {
  return {
    epochs: 2,
    learningRate: 0.5,
    schedule: "constant",
    warmup: 0,
    batchSize: 5,
    hidden: [6],
    activation: "sigmoid",
    cost: "cross-entropy",
    init: "default",
    optimizer: "sgd",
    lambda: 0,
    momentum: 0,
    dropout: 0,
    inputDropout: 0,
    seed: 1,
    validationSize: 0,
    ...some,
  };
}

/** Trains to the end, or until the watch's signal comes; resolves to what was reported. */
export async function reportsOf(
  trainer: Trainer,
  settings: Settings,
  watch?: Parameters<typeof train>[2],
  resumption?: Parameters<typeof train>[3],
): Promise<EpochReport[]> {
  const reports: EpochReport[] = [];
  for await (const report of train(trainer, settings, watch, resumption)) reports.push(report);
  return reports;
}
