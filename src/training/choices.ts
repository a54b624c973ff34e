/**
 * What can be chosen by name, and what is taken where nothing is said. It stands apart from what is
 * chosen, so that a list of it costs nothing.
 */

export const optimiserNames = ["sgd", "nesterov", "adam"] as const;
export type OptimiserName = (typeof optimiserNames)[number];

/** Learning rates that usually do; Adam's is that of its paper (algorithm 1). */
export const usualLearningRates: Readonly<Record<OptimiserName, number>> = {
  sgd: 0.5,
  nesterov: 0.5,
  adam: 0.001,
};

export const scheduleNames = ["constant", "step", "exponential", "cosine", "plateau"] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** The epochs at each learning rate of the schedule `step`. */
export const LR_STEP = 10;

/** The epochs without improvement that halve the learning rate of the schedule `plateau`. */
export const PLATEAU = 10;
