/** The training loop. */
import { BEGINNING, type EpochReport, type Progress } from "./reports.js";
import { endingOf, learningRateAfter } from "./schedule.js";
import type { Watch } from "./slices.js";
import type { Trainer } from "./trainer.js";

/**
 * Trains until the run ends by its settings ({@link endingOf}), and yields a report after each epoch.
 * If the signal comes, it ends without a report on the epoch that was interrupted.
 *
 * @param before the progress of a run that is resumed; the trainer must have its state
 */
export async function* train(
  trainer: Trainer,
  watch: (epoch: number) => Watch = () => ({}),
  before: Progress = BEGINNING,
): AsyncGenerator<EpochReport, void> {
  const { settings } = trainer;
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
