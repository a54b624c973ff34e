import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { constant, evaluate, grad, type Matrix, type Variable } from "../../src/autodiff/index.js";
import {
  type ActivationName,
  activations,
  type CostName,
  costs,
  feedForward,
  initialise,
  type Parameters,
  parameters,
} from "../../src/nn/index.js";
import { generator, normal, type RandomGenerator, uniform } from "../../src/random.js";
import {
  backpropagate,
  numbersOf,
  plain,
  type Sample,
  toMatrix,
  weightedInputs,
} from "../support/backpropagation.js";
import { expectClose } from "../support/closeness.js";

const activationNames = Object.keys(activations) as ActivationName[];
const costNames = Object.keys(costs) as CostName[];

/** A network with random parameters and a batch of random samples, both from one seed. */
interface Situation {
  readonly sizes: readonly number[];
  readonly theta: Parameters<Matrix>;
  readonly batch: readonly Sample[];
}

/**
 * Up to `depth` hidden layers of up to 6 neurons, and up to 5 samples. Their desired outputs are parts
 * of 1 that add up to 1, which no output attains: δ^L is then no small difference of equal numbers.
 */
const situations = (depth: number): fc.Arbitrary<Situation> =>
  fc
    .record({
      inputs: fc.integer({ min: 1, max: 6 }),
      hidden: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: depth }),
      outputs: fc.integer({ min: 2, max: 6 }),
      samples: fc.integer({ min: 1, max: 5 }),
      seed: fc.nat(),
    })
    .map(({ inputs, hidden, outputs, samples, seed }) => {
      const random = generator(seed, "test");
      const sizes = [inputs, ...hidden, outputs];
      return {
        sizes,
        theta: initialise("large", sizes, random),
        batch: Array.from({ length: samples }, () => ({
          x: Array.from({ length: inputs }, () => normal(random)),
          y: distribution(outputs, random),
        })),
      };
    });

function distribution(n: number, random: RandomGenerator): number[] {
  const parts = Array.from({ length: n }, () => 1 + uniform(random));
  const sum = parts.reduce((sum, part) => sum + part);
  return parts.map((part) => part / sum);
}

const inColumns = (samples: readonly (readonly number[])[]): Matrix =>
  toMatrix(samples[0]!.map((_, r) => samples.map((sample) => sample[r]!)));

/** The variables of a network bound to their values. */
function bind(theta: Parameters<Variable>, values: Parameters<Matrix>): Map<Variable, Matrix> {
  return new Map(
    theta.flatMap(({ w, b }, l): [Variable, Matrix][] => [
      [w, values[l]!.w],
      [b, values[l]!.b],
    ]),
  );
}

describe("parameters", () => {
  test("are w (out×in) and b (out×1) for each pair of layers, with the note's names", () => {
    expect(
      parameters([784, 30, 12, 10]).map(({ w, b }) => [w.name, w.shape, b.name, b.shape]),
    ).toEqual([
      ["w¹", [30, 784], "b¹", [30, 1]],
      ["w²", [12, 30], "b²", [12, 1]],
      ["w³", [10, 12], "b³", [10, 1]],
    ]);
  });
  test("of layers above the ninth have names with two digits", () => {
    expect(parameters(Array.from({ length: 12 }, () => 1)).at(-1)?.w.name).toBe("w¹¹");
  });
});

describe.each(activationNames)("feedForward with %s", (activation) => {
  test("gives the z^L of hand-written loops for up to 3 hidden layers, within 1e-13", () => {
    fc.assert(
      fc.property(situations(3), ({ sizes, theta, batch }) => {
        const variables = parameters(sizes);
        const a0 = constant(inColumns(batch.map(({ x }) => x)));
        const z = evaluate(
          feedForward(variables, a0, activations[activation]),
          bind(variables, theta),
        );
        const expected = batch.flatMap(
          (sample) => weightedInputs(plain(theta), sample, activation).at(-1)!,
        );
        expectClose(z.data, expected, 1e-13);
      }),
    );
  });
});

describe.each(costNames)("the gradient of a whole network with the cost %s", (cost) => {
  test.each(activationNames)(
    "and %s is that of Nielsen's BP1 to BP4 for up to 3 hidden layers, within 1e-12 of its largest element",
    (activation) => {
      fc.assert(
        fc.property(situations(3), ({ sizes, theta, batch }) => {
          const variables = parameters(sizes);
          const x = constant(inColumns(batch.map(({ x }) => x)));
          const y = constant(inColumns(batch.map(({ y }) => y)));
          const ofTheta = (theta: typeof variables) =>
            costs[cost].cost(feedForward(theta, x, activations[activation]), y);
          const thetaBar = evaluate(grad(ofTheta)(variables), bind(variables, theta));
          const expected = numbersOf(backpropagate(plain(theta), batch, { activation, cost }));
          const actual = numbersOf(plain(thetaBar as Parameters<Matrix>));
          expectClose(actual.flat(), expected.flat(), 1e-12);
        }),
        { numRuns: 60 },
      );
    },
  );
});
