/**
 * Successive halving: all runs are trained for a few epochs, the best of them for some times as many, and so
 * on, until the best of all are trained to their ends. Jamieson and Talwalkar, Non-stochastic Best Arm
 * Identification and Hyperparameter Optimization, AISTATS 2016, with a factor in place of 2.
 */

/** How many of n runs go on when one in `factor` does. */
export function survivors(n: number, factor: number): number {
  return Math.ceil(n / factor);
}

/**
 * How often runs are compared: until one is left, unless the first comparison would be before an epoch is done.
 *
 * @param epochs of the shortest run
 */
export function rungs(runs: number, epochs: number, factor: number): number {
  let k = 0;
  for (let n = runs; n > 1 && factor ** (k + 1) <= epochs; n = survivors(n, factor)) k++;
  return k;
}

/** After which epoch a run is compared if so many comparisons follow, this one among them. */
export function epochsAt(epochs: number, factor: number, toFollow: number): number {
  return Math.ceil(epochs / factor ** toFollow);
}

/** A run at a rung; higher scores are better, and one that has none is worse than all. */
export interface Scored {
  readonly index: number;
  readonly score: number | undefined;
}

/** The best; of equals those with lower indices. */
export function best(scored: readonly Scored[], factor: number): Scored[] {
  const rank = ({ score }: Scored) => score ?? Number.NEGATIVE_INFINITY;
  const sorted = [...scored].sort((a, b) => rank(b) - rank(a) || a.index - b.index);
  return sorted.slice(0, survivors(scored.length, factor));
}
