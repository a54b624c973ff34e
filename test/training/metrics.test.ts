import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accuracy, NO_CLASS, predictions } from "../../src/training/index.js";

const { NaN: notANumber, NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;

describe("predictions", () => {
  test("are the class of the largest score of each sample", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.integer(), { minLength: 4, maxLength: 4 }), { minLength: 1 }),
        (samples) => {
          const expected = samples.map((scores) => scores.indexOf(Math.max(...scores)));
          expect([...predictions(samples.flat(), 4)]).toEqual(expected);
        },
      ),
    );
  });

  test.each([
    { scores: [1, 3, 3], expected: 1, why: "the first of equal ones" },
    { scores: [-5, -7, -6], expected: 0, why: "negative scores" },
    { scores: [0, POSITIVE_INFINITY, 5], expected: 1, why: "an infinite score" },
    { scores: [NEGATIVE_INFINITY, -1, NEGATIVE_INFINITY], expected: 1, why: "the finite one" },
    { scores: [notANumber, notANumber, notANumber], expected: NO_CLASS, why: "no class for NaN" },
  ])("$scores: $expected ($why)", ({ scores, expected }) => {
    expect([...predictions(scores, 3)]).toEqual([expected]);
  });

  test("of a sample with NaN leave the others as they are", () => {
    const scores = [0, 1, notANumber, notANumber, 1, 0];
    expect([...predictions(scores, 2)]).toEqual([1, NO_CLASS, 0]);
  });
});

describe("accuracy", () => {
  test("is the part of the predictions that are the labels", () => {
    expect(accuracy(Uint8Array.of(1, 2, 3, 4), Uint8Array.of(1, 2, 0, 4))).toBe(3 / 4);
  });
  test("counts NaN as wrong whatever the label", () => {
    const predicted = predictions(new Float64Array(100).fill(notANumber), 10);
    expect(
      accuracy(
        predicted,
        Uint8Array.from({ length: 10 }, (_, i) => i),
      ),
    ).toBe(0);
  });
});
