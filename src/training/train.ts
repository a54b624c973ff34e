/** The training loop. */
import type { EpochReport } from "./reports.js";
import { endingOf, learningRateAfter } from "./schedule.js";
import type { Settings } from "./settings.js";
import type { Watch } from "./slices.js";
import type { Trainer } from "./trainer.js";

/** Where a run that is taken up again had come to; the trainer has its state from there. */
export interface Resumption {
  /** The reports on the epochs before. */
  readonly reports: readonly EpochReport[];
  /** How many images the epoch after them had gone through. */
  readonly from: number;
}

const BEGINNING: Resumption = { reports: [], from: 0 };

/**
 * Trains until the run ends by its settings ({@link endingOf}), and yields a report after each epoch.
 * If the signal comes, it ends without a report on the epoch that was interrupted.
 */
export async function* train(
  trainer: Trainer,
  settings: Settings,
  watch: (epoch: number) => Watch = () => ({}),
  { reports: before, from: done }: Resumption = BEGINNING,
): AsyncGenerator<EpochReport, void> {
  const reports = [...before];
  for (let from = done; endingOf(reports, settings) === undefined; from = 0) {
    const epoch = reports.length + 1;
    const { onProgress, signal } = watch(epoch);
    const learningRate = learningRateAfter(reports, settings);
    const { loss, images, seconds } = await trainer.trainEpoch(
      { epoch, learningRate, from },
      { onProgress, signal },
    );
    const validationAccuracy = await trainer.validate({ signal });
    const testAccuracy = await trainer.test({ signal });
    if (signal?.aborted) return;
    const imagesPerSecond = (images - from) / seconds;
    const accuracies = { validationAccuracy, testAccuracy };
    const report = { epoch, loss, ...accuracies, learningRate, seconds, imagesPerSecond };
    reports.push(report);
    yield report;
  }
}
