/**
 * What can be chosen by name, and what each choice implies. It stands apart from what is chosen, so
 * that a list of it costs nothing.
 */

/** What is particular to an optimiser, for those who check settings or suggest others. */
interface OptimiserTraits {
  /** A learning rate that usually works. */
  readonly usualLearningRate: number;
  /** Whether it has a momentum coefficient μ. */
  readonly momentum: "none" | "optional" | "required";
  /** Whether λ takes ηλ/n of each weight away in every step, so that ηλ/n must be below 1. */
  readonly shrinksWeights: boolean;
}

/** The learning rate of Adam is that of its paper (algorithm 1), that of RMSprop is Keras's. */
export const optimiserTraits = {
  sgd: { usualLearningRate: 0.5, momentum: "optional", shrinksWeights: true },
  nesterov: { usualLearningRate: 0.5, momentum: "required", shrinksWeights: true },
  adam: { usualLearningRate: 0.001, momentum: "none", shrinksWeights: false },
  rmsprop: { usualLearningRate: 0.001, momentum: "none", shrinksWeights: false },
} as const satisfies Readonly<Record<string, OptimiserTraits>>;

export type OptimiserName = keyof typeof optimiserTraits;
export const optimiserNames = Object.keys(optimiserTraits) as readonly OptimiserName[];

export const scheduleNames = ["constant", "step", "exponential", "cosine", "plateau"] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** The epochs at each learning rate of the schedule `step`. */
export const LR_STEP = 10;

/** The epochs without improvement that halve the learning rate of the schedule `plateau`. */
export const PLATEAU = 10;
