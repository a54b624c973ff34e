/** Runs of training for tests. */
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
