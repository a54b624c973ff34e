/** What several networks make of images together. */
import type { Classification } from "./evaluation.js";
import { predictions } from "./metrics.js";

/**
 * The mean of the outputs of all, and the classes that it gives: Cireşan et al., "Convolutional neural
 * network committees for handwritten character classification", ICDAR 2011. One network gives what it gives.
 *
 * @param outcomes of the same images and as many classes
 */
export function committee(
  outcomes: readonly [Classification, ...Classification[]],
): Pick<Classification, "predicted" | "outputs"> {
  const [first, ...others] = outcomes;
  if (others.length === 0 || first.predicted.length === 0) return first;
  const outputs = first.outputs.map((output, i) => {
    return others.reduce((sum, other) => sum + other.outputs[i]!, output) / outcomes.length;
  });
  return { predicted: predictions(outputs, outputs.length / first.predicted.length), outputs };
}
