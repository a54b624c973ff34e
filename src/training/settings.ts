/** What determines a training run, apart from the data and the executor. */
import type { Deformation } from "../data/index.js";
import type { ActivationName, CostName, InitialisationName } from "../nn/index.js";

export interface Settings {
  /** The number of times that the training set is gone through. */
  readonly epochs: number;
  /** The learning rate η. */
  readonly learningRate: number;
  /** m, the number of samples whose mean gradient makes a step. */
  readonly batchSize: number;
  /** The sizes of the hidden layers, from the input on; none makes a linear classifier. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly cost: CostName;
  readonly init: InitialisationName;
  /** The L2 regularisation parameter λ: weights decay by the factor 1 − ηλ/n in each step. */
  readonly lambda: number;
  /** The momentum coefficient μ, from 0 (none) to below 1. */
  readonly momentum: number;
  /** How the training images are deformed, differently in each epoch; left out, they are not. */
  readonly deformation?: Deformation;
  /** Decides the first weights, every shuffling and every deformation; a whole number from 0 to 2³² − 1. */
  readonly seed: number;
  /** How many training images are used, from the first on; all but the validation set if left out. */
  readonly trainSize?: number;
  /**
   * How many images at the end of the training file are kept for validation; if left out, a sixth of
   * them: 10,000 of MNIST's 60,000.
   */
  readonly validationSize?: number;
}
