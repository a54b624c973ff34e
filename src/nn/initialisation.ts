/** Random first values of a network's parameters, by name. */
import { type Matrix, matrixOf } from "../autodiff/index.js";
import { expectShape } from "../autodiff/matrix.js";
import { normal, type RandomGenerator, uniform } from "../random.js";
import type { Parameters } from "./mlp.js";
import type { InitialisationName } from "./names.js";

interface Distributions {
  /** Draws a weight of a layer with so many inputs and outputs. */
  readonly weight: (random: RandomGenerator, inputs: number, outputs: number) => number;
  readonly bias: (random: RandomGenerator) => number;
}

const small = (random: RandomGenerator) => 0.1 * uniform(random) - 0.05;

const initialisations: Readonly<Record<InitialisationName, Distributions>> = {
  /** w and b from N(0, 1): Nielsen's "large" weights, chapter 1. */
  large: { weight: normal, bias: normal },
  /** w from N(0, 1/n_in), b from N(0, 1): Nielsen's default from chapter 3 on. */
  default: { weight: (random, inputs) => (1 / Math.sqrt(inputs)) * normal(random), bias: normal },
  /** w from N(0, 2/n_in), b = 0: for ReLU units. He et al., ICCV 2015, eq. (10). */
  he: { weight: (random, inputs) => Math.sqrt(2 / inputs) * normal(random), bias: () => 0 },
  /**
   * w from U[−r, r) with r = √(6/(n_in + n_out)), b = 0: Glorot and Bengio, AISTATS 2010, eq. (16); what
   * Keras does unless told otherwise.
   */
  glorot: {
    weight: (random, inputs, outputs) =>
      Math.sqrt(6 / (inputs + outputs)) * (2 * uniform(random) - 1),
    bias: () => 0,
  },
  /** w and b from U[−0.05, 0.05): Cireşan et al., Neural Computation 22(12), 2010. */
  uniform: { weight: small, bias: small },
};

/**
 * Values for the parameters of a network with layers of these sizes, from the input to the output, drawn layer by
 * layer, w (out×in) then b (out×1).
 *
 * @param Elements the arrays of the values: Float32Array rounds them, and takes half the memory
 * @throws {RangeError} if there is no initialisation of that name, or a size is not a whole number from 0 on
 */
export function initialise(
  name: InitialisationName,
  sizes: readonly number[],
  random: RandomGenerator,
  Elements: Float64ArrayConstructor | Float32ArrayConstructor = Float64Array,
): Parameters<Matrix> {
  if (!Object.hasOwn(initialisations, name)) {
    const known = Object.keys(initialisations).join(", ");
    throw new RangeError(`initialise: there is no ${name}; there are ${known}`);
  }
  const { weight, bias } = initialisations[name];
  const draw = (rows: number, columns: number, next: () => number) => {
    expectShape("initialise", [rows, columns]);
    // Elements.from takes a third longer, and an object for each number.
    const values = new Elements(rows * columns);
    for (let i = 0; i < values.length; i++) values[i] = next();
    return matrixOf([rows, columns], values);
  };
  return sizes.slice(1).map((rows, l) => {
    const inputs = sizes[l]!;
    return {
      w: draw(rows, inputs, () => weight(random, inputs, rows)),
      b: draw(rows, 1, () => bias(random)),
    };
  });
}
