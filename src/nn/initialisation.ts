/** Random first values of a network's parameters, by name. */
import { type Matrix, matrixOf } from "../autodiff/index.js";
import { normal, type RandomGenerator } from "../random.js";
import type { Parameters } from "./mlp.js";
import type { InitialisationName } from "./names.js";

interface Deviations {
  /** Standard deviation of a weight in a layer with n_in inputs. */
  readonly weight: (inputs: number) => number;
  /** Standard deviation of a bias. */
  readonly bias: number;
}

const initialisations: Readonly<Record<InitialisationName, Deviations>> = {
  /** w and b from N(0, 1): Nielsen's "large" weights, chapter 1. */
  large: { weight: () => 1, bias: 1 },
  /** w from N(0, 1/n_in), b from N(0, 1): Nielsen's default from chapter 3 on. */
  default: { weight: (inputs) => 1 / Math.sqrt(inputs), bias: 1 },
  /** w from N(0, 2/n_in), b = 0: for rectified units. He et al., ICCV 2015, eq. (10). */
  he: { weight: (inputs) => Math.sqrt(2 / inputs), bias: 0 },
};

/** Values for the parameters of a network with layers of these sizes, drawn layer by layer, w then b. */
export function initialise(
  name: InitialisationName,
  sizes: readonly number[],
  random: RandomGenerator,
): Parameters<Matrix> {
  const { weight, bias } = initialisations[name];
  const draw = (rows: number, columns: number, deviation: number) =>
    matrixOf(
      [rows, columns],
      Float64Array.from({ length: rows * columns }, () => deviation * normal(random)),
    );
  return sizes.slice(1).map((rows, l) => {
    const inputs = sizes[l]!;
    return { w: draw(rows, inputs, weight(inputs)), b: draw(rows, 1, bias) };
  });
}
