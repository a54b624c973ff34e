/** What several runs that differ in their seeds alone say about a published figure. */

import { type Interval, type Spread, studentQuantile } from "../runs/spread.js";

/**
 * The prediction interval for the best of `bestOf` further runs, after those of the sample. A further
 * run deviates from the sample's mean with the variance σ²(1 + 1/n), in units of the sample's deviation by
 * Student's t with n − 1 degrees of freedom; the best of k normal runs has another mean and variance.
 */
export function predictionInterval(sample: Spread, bestOf: number): Interval {
  return around(sample, bestOf, sample.n > 1 ? studentQuantile(sample.n - 1) : Number.NaN);
}

/**
 * The same after one or two runs, which have no deviation or may have none by chance: in its place stands
 * that of the part that is right of so many images drawn at random, √(p(1 − p)/n), which is known and so
 * normal.
 *
 * @param runs how many there are, and their mean accuracy, in per cent
 */
export function intervalAfterFew(
  { n, mean }: Omit<Spread, "deviation">,
  images: number,
  bestOf: number,
): Interval {
  return around({ n, mean, deviation: standardError(mean, images) }, bestOf, NORMAL);
}

/** By how much an accuracy deviates as it is measured on so many images; both in per cent. */
export function standardError(accuracy: number, images: number): number {
  return Math.sqrt((accuracy * (100 - accuracy)) / images);
}

/** @param quantile how many deviations to each side are in the interval for one run */
function around({ n, mean, deviation }: Spread, bestOf: number, quantile: number): Interval {
  const best = BEST_OF[bestOf];
  if (best === undefined) throw new Error(`nothing is known of the best of ${bestOf} runs`);
  const middle = mean + best.mean * deviation;
  const margin = quantile * deviation * Math.sqrt(best.variance + 1 / n);
  return { low: middle - margin, high: middle + margin };
}

/** The 97.5% quantile of the normal distribution. */
const NORMAL = 1.96;

/** Mean and variance of the largest of k numbers from N(0, 1). */
const BEST_OF: Readonly<Record<number, { readonly mean: number; readonly variance: number }>> = {
  1: { mean: 0, variance: 1 },
  // 3/(2√π), and 1 + √3/(2π) − 9/(4π)
  3: { mean: 0.8463, variance: 0.5595 },
};
