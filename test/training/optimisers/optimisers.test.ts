import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Assignment,
  interpreter,
  type Variable,
  variable,
} from "../../../src/autodiff/index.js";
import { engine } from "../../../src/engine/index.js";
import { maxNorm, type Parameters, parameters } from "../../../src/nn/index.js";
import { type OptimiserName, optimisers } from "../../../src/training/index.js";
import type { PlainNetwork } from "../../support/backpropagation.js";
import { expectClose } from "../../support/closeness.js";
import { PlainOptimiser, type Rates } from "../../support/plain-optimisers.js";

const SIZES = [2, 3, 1] as const;
const STEPS = 3;

/** Nothing so small that float32 has 0 for what comes of it. */
const upTo10 = (min: number) =>
  fc.double({ min, max: 10, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 0 : x));
const number = upTo10(-10);
const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length });

/** Numbers for w¹ (3×2), b¹ (3×1), w² (1×3) and b² (1×1), column by column. */
const values = fc.tuple(numbers(6), numbers(3), numbers(3), numbers(1));
type Values = typeof values extends fc.Arbitrary<infer V> ? V : never;

const names = Object.keys(optimisers) as OptimiserName[];

const rates: fc.Arbitrary<Rates> = fc.record(
  {
    optimizer: fc.constantFrom(...names),
    eta: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    lambda: fc.oneof(fc.constant(0), upTo10(0)),
    l1: fc.oneof(fc.constant(0), upTo10(0)),
    n: fc.integer({ min: 1, max: 60_000 }),
    momentum: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 0.99, noNaN: true })),
    maxNorm: fc.double({ min: 0.1, max: 20, noNaN: true }),
  },
  { requiredKeys: ["optimizer", "eta", "lambda", "l1", "n", "momentum"] },
);

const flat = (theta: Parameters<Variable>) => theta.flatMap(({ w, b }) => [w, b]);

/** The values as rows of weights, and back. */
const network = ([w1, b1, w2, b2]: Values): PlainNetwork => [
  { w: [0, 1, 2].map((r) => [w1[r]!, w1[r + 3]!]), b: b1 },
  { w: [w2], b: b2 },
];
const columnsOf = (theta: PlainNetwork): number[] =>
  theta.flatMap(({ w, b }) => [...w[0]!.flatMap((_, k) => w.map((row) => row[k]!)), ...b]);

/** An optimiser of variables, whose gradients are variables too. */
function trained({ optimizer, maxNorm: c, eta, ...options }: Rates) {
  const [theta, bars] = [parameters(SIZES), parameters(SIZES)];
  const rate = variable([1, 1]);
  const optimiser = optimisers[optimizer](theta, options);
  const weights = new Set(theta.map(({ w }) => w));
  const program = optimiser.update(bars, rate).map(({ variable, value }): Assignment => {
    const isHeld = c !== undefined && weights.has(variable);
    return { variable, value: isHeld ? maxNorm(value, c) : value };
  });
  return { theta: flat(theta), bars: flat(bars), rate, optimiser, program };
}

describe.each([
  { executor: interpreter, bound: 1e-12 },
  { executor: engine({ threads: 1 }), bound: 1e-4 },
])("an optimiser ($executor.name), within $bound", ({ executor, bound }) => {
  test("moves θ as the papers' formulas do, number by number", () => {
    fc.assert(
      fc.property(
        values,
        fc.array(values, { minLength: STEPS, maxLength: STEPS }),
        rates,
        (start, gradients, rates) => {
          const { theta, bars, rate, program } = trained(rates);
          const session = executor.load({ program }, new Map());
          theta.forEach((x, k) => {
            session.write(x, start[k]!);
          });
          session.write(rate, [rates.eta]);
          const expected = new PlainOptimiser(network(start), rates);
          for (const gradient of gradients) {
            bars.forEach((bar, k) => {
              session.write(bar, gradient[k]!);
            });
            // From the same numbers: L1 sees which of them is just above 0, and which is just below.
            const before = theta.map((x) => [...session.read(x)]) as Values;
            expected.theta = network(before);
            session.run("program");
            expected.step(network(gradient));
            const actual = theta.flatMap((x) => [...session.read(x)]);
            // In parts of the largest number before or after the step.
            const largest = Math.max(...before.flat().map(Math.abs));
            expectClose([...actual, largest], [...columnsOf(expected.theta), largest], bound);
          }
          session.dispose();
        },
      ),
    );
  });
});

describe("L1 regularisation", () => {
  test.each(names)(
    "moves a weight of 0 by nothing, others towards 0 and biases not (%s)",
    (optimizer) => {
      const start: Values = [[0, -0, 2, -2, 0.5, -0.5], [3, 3, 3], [4, 0, -4], [-5]];
      const { theta, rate, program } = trained({
        ...{ optimizer, momentum: optimizer === "nesterov" ? 0.5 : 0 },
        ...{ eta: 0.01, lambda: 0, l1: 10, n: 2 },
      });
      // All gradients of C₀ are 0.
      const session = interpreter.load({ program }, new Map());
      theta.forEach((x, k) => {
        session.write(x, start[k]!);
      });
      session.write(rate, [0.01]);
      session.run("program");
      theta.forEach((x, k) => {
        const moves = Array.from(session.read(x), (now, i) => Math.sign(now - start[k]![i]!));
        expect(moves).toEqual(start[k]!.map((was) => (k % 2 === 1 ? 0 : -Math.sign(was) + 0)));
      });
    },
  );
});

describe("an optimiser", () => {
  const kept = (prefix: string) => ["w¹", "b¹", "w²", "b²"].map((name) => `${prefix} ${name}`);

  test.each([
    { optimizer: "sgd", momentum: 0, state: [] },
    { optimizer: "sgd", momentum: 0.5, state: kept("velocity") },
    { optimizer: "nesterov", momentum: 0.5, state: kept("velocity") },
    { optimizer: "adam", momentum: 0, state: [...kept("m"), ...kept("v"), "c₁", "c₂"] },
    { optimizer: "rmsprop", momentum: 0, state: kept("v") },
  ] as const)(
    "$optimizer with μ = $momentum keeps $state, and assigns each of them and θ once",
    ({ optimizer, momentum, state }) => {
      const { theta, optimiser, program } = trained({
        ...{ optimizer, momentum, eta: 1, lambda: 1, l1: 1, n: 1 },
      });
      const assigned = program.map(({ variable }) => variable);
      expect(optimiser.state.map(({ name }) => name)).toEqual(state);
      expect(new Set(assigned)).toEqual(new Set([...theta, ...optimiser.state]));
      expect(assigned).toHaveLength(theta.length + state.length);
    },
  );
});
