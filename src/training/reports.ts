/** A report on each finished epoch, and the progress of a run. */

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

/** The first of the epochs whose validation accuracy no other exceeds; the last if there is none. */
export function bestEpoch(reports: readonly EpochReport[]): EpochReport | undefined {
  const validated = reports.filter(({ validationAccuracy }) => validationAccuracy !== undefined);
  if (validated.length === 0) return reports.at(-1);
  return validated.reduce((best, report) =>
    (report.validationAccuracy ?? 0) > (best.validationAccuracy ?? 0) ? report : best,
  );
}
