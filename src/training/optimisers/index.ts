/** The optimisers, by name. */
import type { Variable } from "../../autodiff/index.js";
import type { Parameters } from "../../nn/index.js";
import type { OptimiserName } from "../settings/choices.js";
import { adam } from "./adam.js";
import { gradientDescent, nesterov } from "./gradient-descent.js";
import type { Optimiser, OptimiserOptions } from "./optimiser.js";
import { rmsprop } from "./rmsprop.js";

/**
 * The optimisers by name. Each takes the parameters θ and what its update depends on, and gives the assignments of a
 * step; the learning rate is given to the step, as the node η.
 */
export const optimisers: Readonly<
  Record<OptimiserName, (theta: Parameters<Variable>, options: OptimiserOptions) => Optimiser>
> = { sgd: gradientDescent, nesterov, adam, rmsprop };
