/**
 * What can be chosen by name, and what is taken where nothing is said. It stands apart from what is
 * chosen, so that a list of it costs nothing.
 */

export const optimiserNames = ["sgd", "nesterov", "adam"] as const;
export type OptimiserName = (typeof optimiserNames)[number];

export const scheduleNames = ["constant", "step", "exponential", "cosine", "plateau"] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** The epochs at each learning rate of the schedule `step`. */
export const LR_STEP = 10;

/** The epochs without improvement that halve the learning rate of the schedule `plateau`. */
export const PLATEAU = 10;
