/** Mean and deviation of results that differ in their seeds alone, and how sure their difference is. */

/** Mean and standard deviation of a sample. */
export interface Spread {
  readonly n: number;
  readonly mean: number;
  /** With the divisor n − 1; NaN for one run. */
  readonly deviation: number;
}

export function spreadOf(sample: readonly number[]): Spread {
  const n = sample.length;
  const mean = sample.reduce((sum, x) => sum + x, 0) / n;
  const squares = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { n, mean, deviation: Math.sqrt(squares / (n - 1)) };
}

/** From and to where something lies with a probability of 95%. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Student's interval of the difference of two means, a − b, by Welch's degrees of freedom, as the two
 * may deviate differently; undefined where a sample has less than two results, or none deviates.
 */
export function differenceOfMeans(a: Spread, b: Spread): Interval | undefined {
  const [va, vb] = [a.deviation ** 2 / a.n, b.deviation ** 2 / b.n];
  const variance = va + vb;
  if (!(variance > 0)) return undefined;
  const freedom = variance ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const margin = studentQuantile(freedom) * Math.sqrt(variance);
  return { low: a.mean - b.mean - margin, high: a.mean - b.mean + margin };
}

/**
 * The 97.5% quantile of Student's t: by a table up to ten degrees of freedom, and from there on by the
 * expansion around the normal distribution (Abramowitz and Stegun, 26.7.5), right to three decimals.
 * Below eleven, degrees are rounded down, which makes intervals wider.
 */
export function studentQuantile(freedom: number): number {
  const tabulated = STUDENT_T[Math.floor(freedom) - 1];
  if (tabulated !== undefined) return tabulated;
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}

/** For 1, 2, … degrees of freedom. */
const STUDENT_T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
