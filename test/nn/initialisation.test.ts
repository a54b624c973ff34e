import { describe, expect, test } from "vitest";
import { type InitialisationName, initialise } from "../../src/nn/index.js";
import { generator } from "../../src/random.js";
import { correlation, mean, moment, part, STANDARD_ERRORS } from "../support/statistics.js";

const INPUTS = 400;
const NEURONS = 300;
const WEIGHTS = INPUTS * NEURONS;

const draw = (name: InitialisationName, sizes: readonly number[], seed = 1) =>
  initialise(name, sizes, generator(seed, "weights")).map(({ w, b }) => ({
    w: Float64Array.from(w.data),
    b: Float64Array.from(b.data),
  }));

/** The standard error of a variance is √(2/N) of it for a normal distribution. */
function expectNormal(sample: Float64Array, deviation: number): void {
  const bound = STANDARD_ERRORS / Math.sqrt(sample.length);
  const unit = sample.map((x) => x / deviation);
  expect(Math.abs(mean(unit))).toBeLessThan(bound);
  expect(Math.abs(moment(unit, 2) - 1)).toBeLessThan(Math.SQRT2 * bound);
  for (const [z, probability] of [
    [1, 0.682689],
    [2, 0.9545],
  ] as const) {
    const within = part(unit, (x) => Math.abs(x) < z);
    expect(Math.abs(within - probability)).toBeLessThan(
      bound * Math.sqrt(probability * (1 - probability)),
    );
  }
}

describe("over 120,000 weights and within 5 standard errors", () => {
  test.each([
    { name: "large", deviation: 1, formula: "1" },
    { name: "default", deviation: 1 / 20, formula: "1/√n_in" },
    { name: "he", deviation: Math.sqrt(2) / 20, formula: "√(2/n_in)" },
  ] as const)("$name weights are N(0, σ²) with σ = $formula", ({ name, deviation }) => {
    const [layer] = draw(name, [INPUTS, NEURONS]);
    expect(layer?.w).toHaveLength(WEIGHTS);
    expectNormal(layer!.w, deviation);
  });

  test.each(["large", "default"] as const)("%s biases are N(0, 1)", (name) => {
    const [layer] = draw(name, [1, WEIGHTS]);
    expectNormal(layer!.b, 1);
  });

  test("uniform weights and biases are U[−0.05, 0.05]", () => {
    const [layer] = draw("uniform", [INPUTS, NEURONS]);
    for (const sample of [layer!.w, draw("uniform", [1, WEIGHTS])[0]!.b]) {
      const unit = sample.map((x) => 20 * x);
      const bound = STANDARD_ERRORS / Math.sqrt(sample.length);
      expect(part(unit, (x) => x < -1 || x >= 1)).toBe(0);
      expect(Math.abs(mean(unit))).toBeLessThan(bound / Math.sqrt(3));
      expect(Math.abs(part(unit, (x) => Math.abs(x) < 0.5) - 0.5)).toBeLessThan(bound / 2);
    }
  });

  test("glorot weights are U[−r, r] with r = √(6/(n_in + n_out)), for each layer's own sizes", () => {
    const [first, second] = draw("glorot", [INPUTS, NEURONS, INPUTS / 2]);
    for (const [{ w }, r] of [
      [first!, Math.sqrt(6 / 700)],
      [second!, Math.sqrt(6 / 500)],
    ] as const) {
      const unit = w.map((x) => x / r);
      const bound = STANDARD_ERRORS / Math.sqrt(w.length);
      expect(part(unit, (x) => x < -1 || x >= 1)).toBe(0);
      expect(Math.abs(mean(unit))).toBeLessThan(bound / Math.sqrt(3));
      for (const z of [0.1, 0.5, 0.9]) {
        const within = part(unit, (x) => Math.abs(x) < z);
        expect(Math.abs(within - z)).toBeLessThan(bound * Math.sqrt(z * (1 - z)));
      }
    }
  });

  test.each(["he", "glorot"] as const)("%s biases are 0", (name) => {
    const [layer] = draw(name, [3, 50]);
    expect(layer!.b.every((b) => b === 0)).toBe(true);
  });

  test("each layer's deviation follows from its own inputs", () => {
    const [first, second] = draw("default", [100, 300, 400]);
    expectNormal(first!.w, 1 / 10);
    expectNormal(second!.w, 1 / Math.sqrt(300));
  });

  test("the weights of two layers, of two seeds, and of neighbouring neurons are uncorrelated", () => {
    const [first, second] = draw("default", [300, 300, 300]);
    const [other] = draw("default", [300, 300], 2);
    const bound = STANDARD_ERRORS / Math.sqrt(first!.w.length - 1);
    for (const [one, two] of [
      [first!.w, second!.w],
      [first!.w, other!.w],
      [first!.w.slice(0, -1), first!.w.slice(1)],
      [first!.w.slice(0, -300), first!.w.slice(300)],
    ] as const) {
      expect(Math.abs(correlation(one, two))).toBeLessThan(bound);
    }
  });

  test("biases are not the weights, nor the biases of another layer, over again", () => {
    const [first, second] = draw("large", [300, 300, 300]);
    const bound = STANDARD_ERRORS / Math.sqrt(300);
    expect(Math.abs(correlation(first!.b, second!.b))).toBeLessThan(bound);
    expect(Math.abs(correlation(first!.b, first!.w.slice(0, 300)))).toBeLessThan(bound);
  });
});

test("the same seed gives the same parameters, another seed others", () => {
  const sizes = [5, 4, 3];
  expect(draw("default", sizes, 7)).toEqual(draw("default", sizes, 7));
  expect(draw("default", sizes, 7)).not.toEqual(draw("default", sizes, 8));
});

test("in float32 they are the same parameters, rounded", () => {
  const wide = draw("default", [5, 4, 3]);
  const single = initialise("default", [5, 4, 3], generator(1, "weights"), Float32Array);
  expect(single.map(({ w, b }) => [w.data, b.data])).toEqual(
    wide.map(({ w, b }) => [Float32Array.from(w), Float32Array.from(b)]),
  );
});

test("w is out×in and b out×1 for each pair of layers", () => {
  const layers = initialise("he", [7, 5, 2], generator(1, "weights"));
  expect(layers.map(({ w, b }) => [w.shape, b.shape])).toEqual([
    [
      [5, 7],
      [5, 1],
    ],
    [
      [2, 5],
      [2, 1],
    ],
  ]);
});

test.each(["foo", "toString", undefined])(
  "there is no initialisation %s, which is said",
  (name) => {
    expect(() => draw(name as InitialisationName, [2, 1])).toThrow(
      `initialise: there is no ${name}; there are large, default, he, glorot, uniform`,
    );
  },
);

test.each([-3, 2.5])("a layer of %s units is refused, whatever the others are", (units) => {
  for (const sizes of [
    [784, units, 10],
    [units, 10],
  ]) {
    expect(() => draw("he", sizes)).toThrow(
      "initialise: a shape should be two whole numbers from 0 on, [rows, columns], not ",
    );
  }
});
