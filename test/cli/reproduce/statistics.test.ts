import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intervalAfterFew, predictionInterval } from "../../../src/cli/reproduce/statistics.js";
import { spreadOf } from "../../../src/cli/runs/spread.js";
import { generator, normal, uniform } from "../../../src/random.js";
import { STANDARD_ERRORS } from "../../support/statistics.js";

test("mean and deviation are those of the definition, wherever the sample lies", () => {
  expect(spreadOf([1, 3, 5])).toEqual({ n: 3, mean: 3, deviation: 2 });
  const numbers = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: -100, max: 100 }), (sample, shift) => {
      const [one, moved] = [spreadOf(sample), spreadOf(sample.map((x) => x + shift))];
      expect(moved.mean).toBeCloseTo(one.mean + shift, 9);
      expect(moved.deviation).toBeCloseTo(one.deviation, 9);
    }),
  );
});

test("one run has no deviation, and so no interval", () => {
  const { deviation } = spreadOf([95]);
  expect(deviation).toBeNaN();
  expect(predictionInterval(spreadOf([95]), 1).low).toBeNaN();
});

/** How often the best of `bestOf` new runs lies in the interval that n runs have promised. */
function coverage(n: number, bestOf: number, trials: number): number {
  const random = generator(n, `best of ${bestOf}`);
  const draw = (count: number) => Array.from({ length: count }, () => 95 + 0.2 * normal(random));
  let inside = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = predictionInterval(spreadOf(draw(n)), bestOf);
    const figure = Math.max(...draw(bestOf));
    if (low <= figure && figure <= high) inside++;
  }
  return inside / trials;
}

describe("the prediction interval", () => {
  const trials = 20_000;
  const margin = STANDARD_ERRORS * Math.sqrt((0.95 * 0.05) / trials);

  test.each([2, 3, 5, 11])("after %i runs has one more run in 95 of 100 cases", (n) => {
    expect(Math.abs(coverage(n, 1, trials) - 0.95)).toBeLessThan(margin);
  });

  // The largest of three normal numbers is not normal itself, so that 95% is near, but not exact.
  test.each([3, 5, 11])("after %i runs has the best of three in about as many", (n) => {
    expect(Math.abs(coverage(n, 3, trials) - 0.95)).toBeLessThan(0.015 + margin);
  });
});

describe("the interval after one run", () => {
  const trials = 4000;
  const images = 2000;
  const p = 0.95;
  const margin = STANDARD_ERRORS * Math.sqrt((0.95 * 0.05) / trials);

  test("has another in 95 of 100 cases, if each is tested on images of its own", () => {
    const random = generator(1, "after one");
    const accuracy = () => {
      let right = 0;
      for (let i = 0; i < images; i++) if (uniform(random) < p) right++;
      return (100 * right) / images;
    };
    let inside = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = intervalAfterFew(spreadOf([accuracy()]), images, 1);
      const other = accuracy();
      if (low <= other && other <= high) inside++;
    }
    // A part of so many images is normal nearly, but not quite.
    expect(Math.abs(inside / trials - 0.95)).toBeLessThan(0.005 + margin);
  });
});
