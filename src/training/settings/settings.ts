/** What determines a training run, apart from the data and the executor. */

import type { Deformation } from "../../data/deformed/deformation.js";
import { expectObject } from "../../given.js";
import type { ActivationName, CostName, InitialisationName } from "../../nn/index.js";
import { type OptimiserName, optimiserTraits, type ScheduleName } from "./choices.js";

/** The training images are deformed, differently in each epoch, as far as {@link Deformation} says. */
export interface Settings extends Deformation {
  /** The number of times that the training set is gone through. */
  readonly epochs: number;
  /** The learning rate η: that of the first epoch after the warm-up. */
  readonly learningRate: number;
  /** How the learning rate changes from epoch to epoch; schedule.ts has the formulas. */
  readonly schedule: ScheduleName;
  /**
   * The learning rate of the last epoch, for the schedules that end at one; η/100 if left out. The
   * schedule `step` comes to it only in more epochs than `lrStep`.
   */
  readonly lrEnd?: number;
  /** Epochs at each of the learning rates of the schedule `step`; 10 if left out. */
  readonly lrStep?: number;
  /** Epochs in which the learning rate grows in equal steps, η/(warmup + 1) at first, towards η. */
  readonly warmup: number;
  /**
   * After so many epochs without a better validation accuracy, the run ends; if left out, it does not end
   * early. With the schedule `plateau`, the learning rate is halved instead, and 10 is the default.
   */
  readonly patience?: number;
  /** The validation accuracy, a part of 1, that ends the run. */
  readonly targetAccuracy?: number;
  /** m, the number of samples whose mean gradient makes a step. */
  readonly batchSize: number;
  /** The sizes of the hidden layers, from the input on; none makes a linear classifier. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly cost: CostName;
  readonly init: InitialisationName;
  /** The L2 regularisation parameter λ: λ/2n Σ w² is part of the cost, whatever the optimiser. */
  readonly lambda: number;
  /** The L1 regularisation parameter λ₁: λ₁/n Σ |w| is part of the cost, whatever the optimiser. */
  readonly l1: number;
  readonly optimizer: OptimiserName;
  /** The momentum coefficient μ, from 0 (none) to below 1; Adam and RMSprop have none. */
  readonly momentum: number;
  /**
   * The part of each hidden layer's activations that a step leaves out, from 0 to below 1; it is
   * rounded to 256ths.
   */
  readonly dropout: number;
  /** The same for the pixels. */
  readonly inputDropout: number;
  /** The largest Euclidean norm of the weights that lead to one unit; any if left out. */
  readonly maxNorm?: number;
  /**
   * ε, from 0 to below 1: the network is trained towards (1 − ε) y + ε/K in place of the labels y of K
   * classes. What is measured of it is measured on the labels as they are.
   */
  readonly labelSmoothing: number;
  /**
   * ε, from 0 to 1000: each training image, of pixels from 0 to 1, is moved by this Euclidean length in the
   * direction in which its cost grows fastest.
   */
  readonly adversarial: number;
  /**
   * d, from 0 (none) to below 1: what is measured and saved as the network has averages of the weights and
   * biases, w̃ ← d w̃ + (1 − d) w after each step, which start as the first weights.
   */
  readonly ema: number;
  /** Decides the first weights and all that is random; a whole number from 0 to 2³² − 1. */
  readonly seed: number;
  /** How many training images are used, from the first on; all but the validation set if left out. */
  readonly trainSize?: number;
  /**
   * How many images at the end of the training file are kept for validation; if left out, a sixth of
   * them: 10,000 of MNIST's 60,000.
   */
  readonly validationSize?: number;
}

/** Those that a trained network still depends on, beside its parameters. */
export type NetworkSettings = Pick<Settings, "activation" | "cost">;

/** Every setting at its default, but for the learning rate, whose default is the optimiser's. */
export const defaults: Omit<Settings, "learningRate"> = {
  epochs: 20,
  schedule: "constant",
  warmup: 0,
  batchSize: 10,
  hidden: [100],
  activation: "sigmoid",
  cost: "cross-entropy",
  init: "default",
  optimizer: "sgd",
  lambda: 0,
  l1: 0,
  momentum: 0,
  dropout: 0,
  inputDropout: 0,
  labelSmoothing: 0,
  adversarial: 0,
  ema: 0,
  seed: 1,
};

/** These settings, and the defaults of all others. What is undefined counts as left out. */
export function completeSettings(some: Partial<Settings> = {}): Settings {
  expectObject("the settings", some, "an object, such as { epochs: 5 }");
  const given = Object.entries(some).filter(([, value]) => value !== undefined);
  const settings = { ...defaults, ...(Object.fromEntries(given) as Partial<Settings>) };
  // Without a type to keep it out, the name of no optimiser comes here too, to be refused by checkSettings.
  const usual = optimiserTraits[settings.optimizer]?.usualLearningRate;
  return { ...settings, learningRate: settings.learningRate ?? usual };
}
