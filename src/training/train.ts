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
  readonly images: number;
  /** The time that this took. */
  readonly seconds: number;
}

const BEGINNING: Resumption = { reports: [], images: 0, seconds: 0 };

/**
 * Trains until the run ends by its settings ({@link endingOf}), and yields a report after each epoch.
 * If the signal comes, it ends without a report on the epoch that was interrupted.
 */
export async function* train(
  trainer: Trainer,
  settings: Settings,
  watch: (epoch: number) => Watch = () => ({}),
  before: Resumption = BEGINNING,
): AsyncGenerator<EpochReport, void> {
  const reports = [...before.reports];
  let { images: from, seconds: spent } = before;
  while (endingOf(reports, settings) === undefined) {
    const epoch = reports.length + 1;
    const { onProgress, signal } = watch(epoch);
    const learningRate = learningRateAfter(reports, settings);
    const trained = await trainer.trainEpoch({ epoch, learningRate, from }, { onProgress, signal });
    const { loss, images } = trained;
    const seconds = spent + trained.seconds;
    const validationAccuracy = await trainer.validate({ signal });
    const testAccuracy = await trainer.test({ signal });
    if (signal?.aborted) return;
    const imagesPerSecond = images / seconds;
    const accuracies = { validationAccuracy, testAccuracy };
    const report = { epoch, loss, ...accuracies, learningRate, seconds, imagesPerSecond };
    reports.push(report);
    [from, spent] = [0, 0];
    yield report;
  }
}
