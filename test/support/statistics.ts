/** Statistics of samples, for tests whose bounds are standard errors. */

/**
 * How many standard errors a statistic may be off. With fixed seeds a test gives the same result
 * each time; a right implementation would fail for one seed in about two million.
 */
export const STANDARD_ERRORS = 5;

export function mean(sample: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += sample[i]!;
  return sum / sample.length;
}

/** E xᵏ of a sample. */
export function moment(sample: Float64Array, k: number): number {
  return mean(sample.map((x) => x ** k));
}

/** The part of the sample for which something holds. */
export function part(sample: Float64Array, holds: (x: number) => boolean): number {
  return sample.filter(holds).length / sample.length;
}

/** The correlation of two samples whose distributions have the mean 0. */
export function correlation(x: Float64Array, y: Float64Array): number {
  const products = x.map((value, i) => value * y[i]!);
  return mean(products) / Math.sqrt(moment(x, 2) * moment(y, 2));
}
