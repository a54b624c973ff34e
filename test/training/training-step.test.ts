import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpreter, type Matrix, matrixOf, type Variable } from "../../src/autodiff/index.js";
import {
  type ActivationName,
  activations,
  type CostName,
  costs,
  initialise,
  type Parameters,
} from "../../src/nn/index.js";
import { generator, shuffle } from "../../src/random.js";
import { model, samples, trainingStep } from "../../src/training/programs.js";
import type { Settings } from "../../src/training/settings.js";
import {
  backpropagate,
  costOf,
  numbersOf,
  type PlainNetwork,
  plain,
  sampleOf,
} from "../support/backpropagation.js";
import { expectClose } from "../support/closeness.js";
import { noise } from "../support/digits.js";

const SIDE = 3;
const CLASSES = 10;
const N = 8;

const settings: fc.Arbitrary<Settings> = fc.record({
  epochs: fc.constant(1),
  learningRate: fc.double({ min: 0.01, max: 2, noNaN: true }),
  batchSize: fc.integer({ min: 1, max: N / 2 }),
  hidden: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
  activation: fc.constantFrom(...(Object.keys(activations) as ActivationName[])),
  cost: fc.constantFrom(...(Object.keys(costs) as CostName[])),
  init: fc.constant("default" as const),
  lambda: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true })),
  momentum: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 0.9, noNaN: true })),
  seed: fc.nat(),
  validationSize: fc.constant(0),
});

/** θ and v after a step: Nielsen's (107) and (108), of which (91) to (93) are the case μ = 0. */
function plainStep(
  theta: PlainNetwork,
  v: PlainNetwork,
  gradient: PlainNetwork,
  { learningRate: eta, lambda, momentum: mu }: Settings,
): { theta: PlainNetwork; v: PlainNetwork } {
  const next = gradient.map(({ w, b }, l) => ({
    w: w.map((row, j) =>
      row.map((bar, k) => {
        const decayed = bar + (lambda / N) * theta[l]!.w[j]![k]!;
        return mu * v[l]!.w[j]![k]! - eta * decayed;
      }),
    ),
    b: b.map((bar, j) => mu * v[l]!.b[j]! - eta * bar),
  }));
  const moved = theta.map(({ w, b }, l) => ({
    w: w.map((row, j) => row.map((weight, k) => weight + next[l]!.w[j]![k]!)),
    b: b.map((bias, j) => bias + next[l]!.b[j]!),
  }));
  return { theta: moved, v: next };
}

/** No velocities yet. */
const atRest = (theta: PlainNetwork): PlainNetwork =>
  theta.map(({ w, b }) => ({ w: w.map((row) => row.map(() => 0)), b: b.map(() => 0) }));

/** A session with this training step, its variables set for the first batch of the order. */
function prepare(run: Settings, images: ReturnType<typeof noise>, order: Int32Array) {
  const network = model(run, SIDE * SIDE, CLASSES, N);
  const layers = [SIDE * SIDE, ...run.hidden, CLASSES];
  const theta = initialise(run.init, layers, generator(run.seed, "weights"));
  const { samples: variables, initial } = samples(images, "train");
  const session = interpreter.load(
    { step: trainingStep(network, variables, run.batchSize) },
    new Map([
      ...initial,
      ...network.theta.flatMap(({ w, b }, l): [Variable, Matrix["data"]][] => [
        [w, theta[l]!.w.data],
        [b, theta[l]!.b.data],
      ]),
    ]),
  );
  session.write(network.order, order);
  session.write(network.eta, [run.learningRate]);
  const read = (): Parameters<Matrix> =>
    network.theta.map(({ w, b }) => ({
      w: matrixOf(w.shape, session.read(w)),
      b: matrixOf(b.shape, session.read(b)),
    }));
  return { network, session, theta, read };
}

describe("two training steps", () => {
  test("are those of plain loops on the first samples of the order and those after them, within 1e-12", () => {
    fc.assert(
      fc.property(settings, (run) => {
        const images = noise(N, run.seed, SIDE);
        const order = Int32Array.from({ length: N }, (_, i) => i);
        shuffle(generator(run.seed, "test"), order);
        const { network, session, theta, read } = prepare(run, images, order);

        let expected = { theta: plain(theta), v: atRest(plain(theta)) };
        let totalCost = 0;
        for (let step = 0; step < 2; step++) {
          const indices = order.subarray(step * run.batchSize, (step + 1) * run.batchSize);
          const batch = Array.from(indices, (i) => sampleOf(images, i));
          for (const sample of batch) totalCost += costOf(expected.theta, sample, run);
          const gradient = backpropagate(expected.theta, batch, run);
          expected = plainStep(expected.theta, expected.v, gradient, run);

          session.run("step");
          const actual = numbersOf(plain(read()));
          numbersOf(expected.theta).forEach((numbers, k) => {
            expectClose(actual[k]!, numbers, 1e-12);
          });
          expect([...session.read(network.position)]).toEqual([(step + 1) * run.batchSize]);
        }
        expectClose(session.read(network.totalCost), [totalCost], 1e-12);
      }),
    );
  });

  test("run at once are the same as run one after the other, to the last bit", () => {
    fc.assert(
      fc.property(settings, (run) => {
        const images = noise(N, run.seed, SIDE);
        const order = Int32Array.from({ length: N }, (_, i) => N - 1 - i);
        const [together, apart] = [prepare(run, images, order), prepare(run, images, order)];
        together.session.run("step", 2);
        apart.session.run("step");
        apart.session.run("step");
        expect(together.read()).toEqual(apart.read());
      }),
      { numRuns: 20 },
    );
  });
});
