/** Networks and samples to derive backpropagation for. */
import { column } from "../../src/autodiff/index.js";
import type { Exercise } from "../../src/derivation/index.js";
import {
  type ActivationName,
  activationNames,
  type CostName,
  costNames,
  initialise,
} from "../../src/nn/index.js";
import { generator, uniform } from "../../src/random.js";

export interface Choice {
  readonly sizes: readonly number[];
  readonly activation: ActivationName;
  readonly cost: CostName;
}

/** A random input of class 0, and random weights. */
export function exercise({ sizes, activation, cost }: Choice, seed = 1): Exercise {
  const random = generator(seed, "input");
  return {
    sizes,
    activation,
    cost,
    theta: initialise("default", sizes, generator(seed, "weights")),
    input: column(Array.from({ length: sizes[0] as number }, () => uniform(random))),
    desired: column(Array.from({ length: sizes.at(-1) as number }, (_, k) => Number(k === 0))),
  };
}

/** Every activation with every cost, for a number of depths. */
export const choices: Choice[] = [
  [3, 2],
  [2, 3, 2],
  [4, 5, 3, 2],
  [2, 3, 3, 3, 3, 3, 2],
].flatMap((sizes) =>
  activationNames.flatMap((activation) => costNames.map((cost) => ({ sizes, activation, cost }))),
);
