import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  interpreter,
  type Matrix,
  matrixOf,
  type Session,
  type Variable,
} from "../../src/autodiff/index.js";
import {
  type ActivationName,
  activations,
  type CostName,
  costs,
  initialise,
  type Parameters,
} from "../../src/nn/index.js";
import { generator, shuffle } from "../../src/random.js";
import { model, sampleVariables, trainingStep } from "../../src/training/programs.js";
import { optimiserNames } from "../../src/training/settings/choices.js";
import type { Settings } from "../../src/training/settings/settings.js";
import {
  backpropagate,
  costOf,
  moved,
  numbersOf,
  plain,
  sampleOf,
} from "../support/backpropagation.js";
import { expectClose } from "../support/closeness.js";
import { noise as noisyImages } from "../support/digits.js";
import { PlainOptimiser } from "../support/plain-optimisers.js";

const SIDE = 3;
const CLASSES = 10;
const N = 8;

const part = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 0.9, noNaN: true }));

/** The first steps of RMSprop are 3 η long, and the plain formulas of costs are for moderate z. */
const bounded = (run: Settings): Settings =>
  run.optimizer === "rmsprop" ? { ...run, learningRate: run.learningRate / 10 } : run;

const all: fc.Arbitrary<Settings> = fc.record({
  epochs: fc.constant(1),
  schedule: fc.constant("constant" as const),
  warmup: fc.constant(0),
  learningRate: fc.double({ min: 0.01, max: 2, noNaN: true }),
  batchSize: fc.integer({ min: 1, max: N / 2 }),
  hidden: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
  activation: fc.constantFrom(...(Object.keys(activations) as ActivationName[])),
  cost: fc.constantFrom(...(Object.keys(costs) as CostName[])),
  init: fc.constant("default" as const),
  lambda: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true })),
  l1: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true })),
  optimizer: fc.constantFrom(...optimiserNames),
  momentum: part,
  dropout: part,
  inputDropout: part,
  labelSmoothing: part,
  adversarial: part,
  ema: part,
  seed: fc.nat(),
  validationSize: fc.constant(0),
});
const settings = all.map(bounded);

/** Some divide by a root that is as good as 0 where a gradient is, and so enlarge its rounding. */
const BOUNDS = { sgd: 1e-12, nesterov: 1e-12, adam: 1e-6, rmsprop: 1e-6 } as const;

/** Szegedy et al., section 7: q′(k) = (1 − ε) δ(k, y) + ε/K. */
const smoothed = (y: readonly number[], { labelSmoothing: epsilon }: Settings) =>
  y.map((each) => each - epsilon * each + epsilon / CLASSES);

/** Random bytes as dropout's factors for the sample at a position: 0, or 1 over the part that is kept. */
function factorsAt(position: number, noise: readonly Uint8Array[], rows: number[], run: Settings) {
  const drawn = [...noise];
  return rows.map((count, l) => {
    const p = l === 0 ? run.inputDropout : run.dropout;
    if (p === 0) return Array.from({ length: count }, () => 1);
    const bytes = drawn.shift()!.subarray(position * count, (position + 1) * count);
    const dropped = Math.min(Math.round(256 * p), 255);
    return Array.from(bytes, (byte) => (byte < dropped ? 0 : 256 / (256 - dropped)));
  });
}

/** A session with this training step, its variables set for the first batch of the order. */
function prepare(run: Settings, images: ReturnType<typeof noisyImages>, order: Int32Array) {
  const network = model(run, SIDE * SIDE, CLASSES, N);
  const layers = [SIDE * SIDE, ...run.hidden, CLASSES];
  const theta = initialise(run.init, layers, generator(run.seed, "weights"));
  const { samples: variables, initial } = sampleVariables(images, "train");
  const session = interpreter.load(
    { step: trainingStep(network, variables, run.batchSize) },
    new Map([
      ...initial,
      ...[network.theta, network.averages].flatMap((each) =>
        each.flatMap(({ w, b }, l): [Variable, Matrix["data"]][] => [
          [w, theta[l]!.w.data],
          [b, theta[l]!.b.data],
        ]),
      ),
    ]),
  );
  session.write(network.order, order);
  session.write(network.eta, [run.learningRate]);
  const noise: Uint8Array[] = [];
  const recording = {
    ...session,
    write(variable: Variable, bytes: Uint8Array) {
      noise.push(bytes);
      session.write(variable, bytes);
    },
  };
  network.noise.draw(recording as Session, 1, 0);
  const read = (of: Parameters<Variable> = network.theta): Parameters<Matrix> =>
    of.map(({ w, b }) => ({
      w: matrixOf(w.shape, session.read(w)),
      b: matrixOf(b.shape, session.read(b)),
    }));
  return { network, session, theta, noise, read };
}

describe("two training steps", () => {
  test("are those of plain loops on the first samples of the order and those after them, within 1e-12 (Adam and RMSprop: 1e-6)", () => {
    fc.assert(
      fc.property(settings, (run) => {
        const images = noisyImages(N, run.seed, SIDE);
        const order = Int32Array.from({ length: N }, (_, i) => i);
        shuffle(generator(run.seed, "test"), order);
        const { network, session, theta, noise, read } = prepare(run, images, order);

        const { learningRate: eta } = run;
        const rows = [SIDE * SIDE, ...run.hidden];
        const expected = new PlainOptimiser(plain(theta), { ...run, eta, n: N });
        let averages = numbersOf(plain(theta));
        let totalCost = 0;
        for (let step = 0; step < 2; step++) {
          const indices = order.subarray(step * run.batchSize, (step + 1) * run.batchSize);
          const batch = Array.from(indices, (i, k) => {
            const { x, y } = sampleOf(images, i);
            const factors = factorsAt(step * run.batchSize + k, noise, rows, run);
            const sample = { x, y: smoothed(y, run), factors };
            return moved(expected.theta, sample, run, run.adversarial);
          });
          for (const sample of batch) totalCost += costOf(expected.theta, sample, run);
          expected.step(backpropagate(expected.theta, batch, run));

          session.run("step");
          const actual = numbersOf(plain(read()));
          numbersOf(expected.theta).forEach((numbers, k) => {
            expectClose(actual[k]!, numbers, BOUNDS[run.optimizer]);
          });
          const now = numbersOf(expected.theta);
          averages = averages.map((numbers, k) =>
            numbers.map((each, i) => run.ema * each + (1 - run.ema) * now[k]![i]!),
          );
          const measured = numbersOf(plain(read(network.averages)));
          averages.forEach((numbers, k) => {
            expectClose(measured[k]!, numbers, BOUNDS[run.optimizer]);
          });
          expect([...session.read(network.position)]).toEqual([(step + 1) * run.batchSize]);
        }
        expectClose(session.read(network.totalCost), [totalCost], BOUNDS[run.optimizer]);
      }),
    );
  });

  test("run at once are the same as run one after the other, to the last bit", () => {
    fc.assert(
      fc.property(settings, (run) => {
        const images = noisyImages(N, run.seed, SIDE);
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
