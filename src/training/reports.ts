/** What is known after each epoch. */

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

/** The first of the epochs whose validation accuracy no other exceeds; the last if there is none. */
export function bestEpoch(reports: readonly EpochReport[]): EpochReport | undefined {
  const validated = reports.filter(({ validationAccuracy }) => validationAccuracy !== undefined);
  if (validated.length === 0) return reports.at(-1);
  return validated.reduce((best, report) =>
    (report.validationAccuracy ?? 0) > (best.validationAccuracy ?? 0) ? report : best,
  );
}
