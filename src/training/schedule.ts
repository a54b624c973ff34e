/** The learning rate from epoch to epoch. */
import type { EpochReport } from "./reports.js";
import type { Settings } from "./settings.js";

/**
 * The learning rate η of the epoch after those reported on. It depends on nothing else, so that a run
 * which is taken up again goes on as it would have.
 */
export function learningRateAfter(
  reports: readonly EpochReport[],
  { learningRate }: Settings,
): number {
  return learningRate;
}
