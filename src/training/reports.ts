/** What determines an epoch, what it gives, a report on each that is finished, and the progress of a run. */

/** What determines an epoch, apart from the state that it starts from. */
export interface Epoch {
  /** Its number, from 1, which decides the order of the images. */
  readonly epoch: number;
  readonly learningRate: number;
  /**
   * The number of images that are done: 0, or what an interrupted epoch has returned. From the state of
   * that epoch, this one then ends with the same bits.
   */
  readonly from?: number;
}

/** What training for one epoch gave. */
export interface EpochTraining {
  /**
   * The mean cost of the samples, each at the time of its step, without the regularisation term; of
   * smoothed labels, if they are smoothed.
   */
  readonly loss: number;
  /** How many images the epoch has gone through: all, unless it was interrupted. */
  readonly images: number;
  /** The time that this took. */
  readonly seconds: number;
}

/**
 * One finished epoch. Accuracies are parts of 1, and costs means over images, without the regularisation
 * term. What was not measured is undefined, as is validation where no images are kept for it.
 */
export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  /**
   * Of the images trained on, as they were deformed and their labels smoothed if they were, each at the
   * time of its step.
   */
  readonly loss: number;
  /**
   * Of the first training images, neither deformed nor with smoothed labels, after the epoch, as the
   * measurements below.
   */
  readonly trainLoss?: number | undefined;
  readonly trainAccuracy?: number | undefined;
  readonly validationLoss?: number | undefined;
  readonly validationAccuracy: number | undefined;
  readonly testLoss?: number | undefined;
  readonly testAccuracy: number | undefined;
  readonly learningRate: number;
  /** Training time alone, without evaluation. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
}

/** The progress of a run. */
export interface Progress {
  /** The reports on its finished epochs. */
  readonly reports: readonly EpochReport[];
  /** How many images the epoch after them has gone through. */
  readonly images: number;
  /** The training time that this took. */
  readonly seconds: number;
}

/** The progress of a run that is about to begin. */
export const BEGINNING: Progress = { reports: [], images: 0, seconds: 0 };

/** The first of the epochs whose validation accuracy no other exceeds; the last if none was measured. */
export function bestEpoch(reports: readonly EpochReport[]): EpochReport | undefined {
  return bestValidated(reports) ?? reports.at(-1);
}

/** The same where one was measured; undefined elsewhere. */
export function bestValidated<Report extends { readonly validationAccuracy?: number | undefined }>(
  reports: readonly Report[],
): Report | undefined {
  const validated = reports.filter(({ validationAccuracy }) => Number.isFinite(validationAccuracy));
  return validated.reduce<Report | undefined>(
    (best, report) =>
      best === undefined || report.validationAccuracy! > best.validationAccuracy! ? report : best,
    undefined,
  );
}
