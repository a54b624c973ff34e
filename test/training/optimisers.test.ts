import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { constant, evaluate, matrixOf, type Variable, variable } from "../../src/autodiff/index.js";
import { type Parameters, parameters } from "../../src/nn/index.js";
import { gradientDescent } from "../../src/training/index.js";

const number = fc.double({ min: -10, max: 10, noNaN: true });
const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length });

const SIZES = [2, 3, 1] as const;

/** w¹ (3×2), b¹ (3×1), w² (1×3), b² (1×1). */
const values = fc.tuple(numbers(6), numbers(3), numbers(3), numbers(1));

const rates = fc.record({
  eta: fc.double({ min: 1e-6, max: 10, noNaN: true }),
  lambda: fc.double({ min: 0, max: 10, noNaN: true }),
  n: fc.integer({ min: 1, max: 60_000 }),
  momentum: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
});

type Rates = typeof rates extends fc.Arbitrary<infer R> ? R : never;

const flat = (theta: Parameters<Variable>) => theta.flatMap(({ w, b }) => [w, b]);

/** What one step makes of θ and v, in the order of the values. */
function step(theta: number[][], v: number[][], bars: number[][], rates: Rates) {
  const [x, xBars] = [parameters(SIZES), parameters(SIZES)];
  const eta = variable([1, 1]);
  const optimiser = gradientDescent(x, rates);
  const assignments = optimiser.update(xBars, eta);
  const bind = (variables: readonly Variable[], numbers: number[][]) =>
    variables.map(
      (node, k) => [node, matrixOf(node.shape, Float64Array.from(numbers[k]!))] as const,
    );
  const bindings = new Map([
    ...bind(flat(x), theta),
    ...bind(optimiser.state, v),
    ...bind(flat(xBars), bars),
    [eta, matrixOf([1, 1], Float64Array.of(rates.eta))],
  ]);
  const after = (variables: readonly Variable[]) =>
    variables.map((node) => {
      const { value } = assignments.find(({ variable }) => variable === node) ?? { value: node };
      return [...evaluate(value, bindings).data];
    });
  return { theta: after(flat(x)), v: after(optimiser.state) };
}

const isWeight = (k: number) => k % 2 === 0;
const still = [6, 3, 3, 1].map((length) => Array.from({ length }, () => 0));

describe("gradientDescent", () => {
  test("is w ← (1 − ηλ/n) w − η ∂C₀/∂w and b ← b − η ∂C₀/∂b, within 1e-14 of the terms", () => {
    fc.assert(
      fc.property(values, values, rates, (theta, bars, { eta, lambda, n }) => {
        const after = step(theta, still, bars, { eta, lambda, n, momentum: 0 });
        theta.forEach((parameter, k) => {
          const decay = isWeight(k) ? (eta * lambda) / n : 0;
          parameter.forEach((x, i) => {
            const expected = (1 - decay) * x - eta * bars[k]![i]!;
            const scale = 1 + Math.abs(x) * (1 + decay) + Math.abs(eta * bars[k]![i]!);
            expect(Math.abs(after.theta[k]![i]! - expected)).toBeLessThan(1e-14 * scale);
          });
        });
        expect(after.v).toEqual([]);
      }),
    );
  });

  test("without λ and μ is exactly x ← x − η x̄ for weights and biases", () => {
    fc.assert(
      fc.property(values, values, rates, (theta, bars, { eta, n }) => {
        const after = step(theta, still, bars, { eta, lambda: 0, n, momentum: 0 });
        expect(after.theta).toEqual(theta.map((xs, k) => xs.map((x, i) => x - eta * bars[k]![i]!)));
      }),
    );
  });

  test("with momentum is v ← μ v − η ∂C/∂x and x ← x + v, within 1e-14 of the terms", () => {
    fc.assert(
      fc.property(values, values, values, rates, (theta, v, bars, rates) => {
        const { eta, lambda, n, momentum } = rates;
        const after = step(theta, v, bars, rates);
        theta.forEach((parameter, k) => {
          parameter.forEach((x, i) => {
            // ∂C/∂w = ∂C₀/∂w + (λ/n) w, Nielsen's (88); biases are not regularised.
            const bar = bars[k]![i]! + (isWeight(k) ? (lambda / n) * x : 0);
            const velocity = momentum * v[k]![i]! - eta * bar;
            const scale =
              1 + Math.abs(x) * (1 + (eta * lambda) / n) + Math.abs(eta * bars[k]![i]!) + 10;
            expect(Math.abs(after.v[k]![i]! - velocity)).toBeLessThan(1e-14 * scale);
            expect(Math.abs(after.theta[k]![i]! - (x + velocity))).toBeLessThan(1e-14 * scale);
          });
        });
      }),
    );
  });

  test.each([
    { momentum: 0, velocities: [] },
    { momentum: 0.5, velocities: ["w¹", "b¹", "w²", "b²"].map((name) => `velocity ${name}`) },
  ])("with μ = $momentum keeps $velocities, and assigns them and θ once each", ({
    momentum,
    velocities,
  }) => {
    const theta = parameters(SIZES);
    const optimiser = gradientDescent(theta, { lambda: 1, n: 1, momentum });
    const assigned = optimiser.update(theta, constant(1)).map(({ variable }) => variable);
    expect(optimiser.state.map(({ name }) => name)).toEqual(velocities);
    expect(new Set(assigned)).toEqual(new Set([...flat(theta), ...optimiser.state]));
    expect(assigned).toHaveLength(4 + velocities.length);
  });
});
