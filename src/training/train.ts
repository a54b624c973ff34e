/** The training loop: epochs, and what is known after each of them. */
import type { Settings } from "./settings.js";
import type { Watch } from "./slices.js";
import type { Trainer } from "./trainer.js";

/** One finished epoch. Accuracies are parts of 1. */
export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  /** Undefined if no images are kept for validation. */
  readonly validationAccuracy: number | undefined;
  readonly testAccuracy: number;
  readonly learningRate: number;
  /** Training time alone, without evaluation. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
}

/**
 * Trains for as many epochs as the settings say, and yields a report after each. If the signal
 * comes, it ends without a report on the epoch that was interrupted.
 */
export async function* train(
  trainer: Trainer,
  { epochs, learningRate }: Settings,
  watch: (epoch: number) => Watch = () => ({}),
): AsyncGenerator<EpochReport, void> {
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const { onProgress, signal } = watch(epoch);
    const { loss, images, seconds } = await trainer.trainEpoch(learningRate, {
      onProgress,
      signal,
    });
    const validationAccuracy = await trainer.validate({ signal });
    const testAccuracy = await trainer.test({ signal });
    if (signal?.aborted) return;
    yield {
      epoch,
      loss,
      validationAccuracy,
      testAccuracy,
      learningRate,
      seconds,
      imagesPerSecond: images / seconds,
    };
  }
}

/** The first of the epochs whose validation accuracy no other exceeds; the last if there is none. */
export function bestEpoch(reports: readonly EpochReport[]): EpochReport | undefined {
  const validated = reports.filter(({ validationAccuracy }) => validationAccuracy !== undefined);
  if (validated.length === 0) return reports.at(-1);
  return validated.reduce((best, report) =>
    (report.validationAccuracy ?? 0) > (best.validationAccuracy ?? 0) ? report : best,
  );
}
