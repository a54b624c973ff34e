/**
 * Averages of the parameters over the steps of training, which are then the network that is measured and
 * saved: Polyak and Juditsky, SIAM Journal on Control and Optimization 30(4), 1992. Here the average is
 * exponential, so that it forgets the first steps.
 */
import type { Assignment, Variable } from "../autodiff/index.js";
import { type Parameters, parameterList } from "../nn/index.js";
import { average, variablesLike } from "./optimisers/optimiser.js";
import type { Settings } from "./settings/settings.js";

/** Variables for the averages of θ, named `average w¹` and so on; θ itself where there are to be none. */
export function averagesOf(
  theta: Parameters<Variable>,
  { ema }: Pick<Settings, "ema">,
): Parameters<Variable> {
  return ema === 0 ? theta : variablesLike("average", theta);
}

interface Averaged {
  readonly theta: Parameters<Variable>;
  readonly averages: Parameters<Variable>;
  readonly settings: Pick<Settings, "ema">;
}

/** The updates of a step, and w̃ ← d w̃ + (1 − d) w with each updated w, if there are averages. */
export function averaged(
  { theta, averages, settings: { ema } }: Averaged,
  updates: readonly Assignment[],
): readonly Assignment[] {
  if (ema === 0) return updates;
  const updated = new Map(updates.map(({ variable, value }) => [variable, value]));
  const next = parameterList(theta).map((w) => updated.get(w) ?? w);
  const taken = parameterList(averages).map((variable, k) => {
    return { variable, value: average(ema, variable, next[k]!) };
  });
  return [...updates, ...taken];
}
