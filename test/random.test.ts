import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generator, naturalLogarithm, normal, shuffle, uniform } from "../src/random.js";
import { correlation, mean, moment, part, STANDARD_ERRORS } from "./support/statistics.js";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const purposes = fc.string({ minLength: 1, maxLength: 10 });

function draws(
  count: number,
  seed: number,
  purpose: string,
  draw: (random: ReturnType<typeof generator>) => number = uniform,
): Float64Array {
  const random = generator(seed, purpose);
  return Float64Array.from({ length: count }, () => draw(random));
}

describe("generator", () => {
  test("the same seed and purpose give the same sequence", () => {
    fc.assert(
      fc.property(seeds, purposes, (seed, purpose) => {
        expect(draws(10, seed, purpose)).toEqual(draws(10, seed, purpose));
      }),
    );
  });

  test.each([-1, 1.5, 2 ** 32, Number.NaN, "1" as never])(
    "refuses the seed %s, which is no whole number of 32 bits",
    (seed) => {
      expect(() => generator(seed, "weights")).toThrow(RangeError);
      expect(() => generator(seed, "weights")).toThrow(
        "generator: the seed should be a whole number below 2³², not",
      );
    },
  );

  test("two seeds give different sequences for a purpose", () => {
    fc.assert(
      fc.property(seeds, seeds, purposes, (seed, other, purpose) => {
        fc.pre(seed !== other);
        expect(draws(4, seed, purpose)).not.toEqual(draws(4, other, purpose));
      }),
    );
  });

  test("a seed gives different sequences for the purposes of a run", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(draws(4, seed, "weights")).not.toEqual(draws(4, seed, "order"));
      }),
    );
  });

  test("sequences of neighbouring seeds, or of two purposes, are uncorrelated within 5/√N", () => {
    const count = 50_000;
    const centred = (seed: number, purpose: string) =>
      draws(count, seed, purpose, (random) => uniform(random) - 0.5);
    const bound = STANDARD_ERRORS / Math.sqrt(count);
    for (const [one, two] of [
      [centred(1, "weights"), centred(2, "weights")],
      [centred(0, "weights"), centred(1, "weights")],
      [centred(1, "weights"), centred(1, "order")],
    ] as const) {
      expect(Math.abs(correlation(one, two))).toBeLessThan(bound);
    }
  });
});

test("uniform is a multiple of 2⁻⁵³ from 0 on and below 1, with mean ½ and variance 1/12", () => {
  const count = 100_000;
  const sample = draws(count, 1, "uniform");
  expect(sample.every((x) => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 53))).toBe(true);
  // x has the variance 1/12, (x − ½)² the variance 1/80 − 1/144.
  expect(Math.abs(mean(sample) - 1 / 2)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(1 / 12 / count));
  const centred = sample.map((x) => x - 1 / 2);
  expect(Math.abs(moment(centred, 2) - 1 / 12)).toBeLessThan(
    STANDARD_ERRORS * Math.sqrt((1 / 80 - 1 / 144) / count),
  );
});

describe("normal, over 200,000 draws and within 5 standard errors", () => {
  const count = 200_000;
  const sample = draws(count, 1, "normal", normal);

  test.each([
    // The variance of xᵏ is E x²ᵏ − (E xᵏ)², and E x²ᵏ = 1 · 3 · 5 … (2k − 1).
    { name: "mean", k: 1, expected: 0, variance: 1 },
    { name: "second", k: 2, expected: 1, variance: 3 - 1 },
    { name: "third", k: 3, expected: 0, variance: 15 },
    { name: "fourth", k: 4, expected: 3, variance: 105 - 9 },
  ])("moment $k is $expected", ({ k, expected, variance }) => {
    const bound = STANDARD_ERRORS * Math.sqrt(variance / count);
    expect(Math.abs(moment(sample, k) - expected)).toBeLessThan(bound);
  });

  test.each([
    { z: -1, probability: 0.158655 },
    { z: 0, probability: 0.5 },
    { z: 0.5, probability: 0.691462 },
    { z: 2, probability: 0.97725 },
    { z: 3, probability: 0.99865 },
  ])("Φ($z) = $probability of them are below $z", ({ z, probability }) => {
    const bound = STANDARD_ERRORS * Math.sqrt((probability * (1 - probability)) / count);
    expect(Math.abs(part(sample, (x) => x < z) - probability)).toBeLessThan(bound);
  });

  test("no draw is correlated with the next", () => {
    const bound = STANDARD_ERRORS / Math.sqrt(count - 1);
    expect(Math.abs(correlation(sample.slice(0, -1), sample.slice(1)))).toBeLessThan(bound);
  });
});

describe("shuffle", () => {
  test("permutes: every item is there as often as before", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), seeds, (items, seed) => {
        const shuffled = [...items];
        shuffle(generator(seed, "order"), shuffled);
        expect(shuffled.toSorted()).toEqual(items.toSorted());
      }),
    );
  });

  test.each([1, 2, 3])(
    "makes the 24 permutations of 4 items equally often: χ² below 70 (seed %i)",
    (seed) => {
      const counts = new Map<string, number>();
      const [random, rounds] = [generator(seed, "order"), 24_000];
      for (let round = 0; round < rounds; round++) {
        const items = Uint8Array.of(0, 1, 2, 3);
        shuffle(random, items);
        counts.set(items.join(), (counts.get(items.join()) ?? 0) + 1);
      }
      const expected = rounds / 24;
      const terms = Array.from(counts.values(), (count) => (count - expected) ** 2 / expected);
      // With 23 degrees of freedom χ² exceeds 70 once in about a million seeds.
      expect(counts.size).toBe(24);
      expect(terms.reduce((sum, term) => sum + term)).toBeLessThan(70);
    },
  );
});

describe("naturalLogarithm", () => {
  const errorInEpsilons = (x: number) =>
    Math.abs(naturalLogarithm(x) - Math.log(x)) /
    (Math.abs(Math.log(x)) * Number.EPSILON || Number.MIN_VALUE);

  test("is within 2.5 ε |ln x| of Math.log for every normal x, from 2⁻¹⁰²² to the largest", () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expect(errorInEpsilons(x)).toBeLessThan(2.5);
      }),
      { numRuns: 2000 },
    );
  });

  test("is as close from ¼ to 4, where ln x goes through 0", () => {
    fc.assert(
      fc.property(fc.double({ min: 1 / 4, max: 4, noNaN: true }), (x) => {
        expect(errorInEpsilons(x)).toBeLessThan(2.5);
      }),
      { numRuns: 2000 },
    );
  });

  test("is exactly 0 at 1", () => {
    expect(naturalLogarithm(1)).toBe(0);
  });
});
