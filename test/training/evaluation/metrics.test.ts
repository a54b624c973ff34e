import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_CLASS, neverPredicted } from "../../../src/training/evaluation/metrics.js";
import {
  accuracy,
  classMetrics,
  confusionMatrix,
  mistakesIn,
  predictions,
} from "../../../src/training/index.js";

test("predictions without as many labels, and classes that there are not, are refused", () => {
  const [two, one] = [Uint8Array.of(1, 2), Uint8Array.of(1)];
  expect(() => accuracy(two, one)).toThrow(/^accuracy: 2 predictions should have as many labels/);
  expect(() => confusionMatrix(two, one, 3)).toThrow(RangeError);
  expect(() => confusionMatrix(two, two, 2)).toThrow("there is no class 2 among 2");
  expect(() => confusionMatrix(one, Uint8Array.of(5), 2)).toThrow("there is no class 5 among 2");
  expect(accuracy(one, two)).toBe(1);
  expect(accuracy(new Uint8Array(), one)).toBeNaN();
});

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

describe("the classes that are never predicted", () => {
  const labels = Uint8Array.of(0, 0, 1, 2, 2, 2, 3, 3);
  const predicted = Uint8Array.of(0, 0, 0, 0, 0, 3, NO_CLASS, 2);

  test("are those of at least so many labels", () => {
    expect(neverPredicted(predicted, labels, 1)).toEqual([1]);
    expect(neverPredicted(predicted, labels, 2)).toEqual([]);
    expect(neverPredicted(new Uint8Array(8), labels, 2)).toEqual([2, 3]);
    expect(neverPredicted(new Uint8Array(8), labels, 3)).toEqual([2]);
    expect(neverPredicted(new Uint8Array(8), labels, 4)).toEqual([]);
  });
});

describe("the confusion matrix", () => {
  const labels = Uint8Array.of(0, 0, 1, 1, 1, 2);
  const predicted = Uint8Array.of(0, 1, 1, 1, 0, NO_CLASS);

  test("counts, by label and class, all but what was given no class", () => {
    expect(confusionMatrix(predicted, labels, 3)).toEqual([
      [1, 1, 0],
      [1, 2, 0],
      [0, 0, 0],
    ]);
  });

  test("leads to precision, of what was taken for a class, and recall, of what has its label", () => {
    expect(classMetrics(predicted, labels, 4)).toEqual([
      { images: 2, precision: 1 / 2, recall: 1 / 2 },
      { images: 3, precision: 2 / 3, recall: 2 / 3 },
      { images: 1, precision: undefined, recall: 0 },
      { images: 0, precision: undefined, recall: undefined },
    ]);
  });

  test("has the accuracy on its diagonal", () => {
    const classes = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(classes, classes), { minLength: 1 }), (pairs) => {
        const taken = Uint8Array.from(pairs, ([k]) => k);
        const actual = Uint8Array.from(pairs, ([, k]) => k);
        const matrix = confusionMatrix(taken, actual, 5);
        const right = matrix.reduce((sum, row, k) => sum + row[k]!, 0);
        expect(right / pairs.length).toBe(accuracy(taken, actual));
        expect(matrix.flat().reduce((sum, n) => sum + n, 0)).toBe(pairs.length);
      }),
    );
  });
});

test("of a classification that was cut short, only what was reached counts", () => {
  const labels = Uint8Array.of(0, 1, 2, 2, 1, 0);
  const part = {
    predicted: Uint8Array.of(0, 2, 2),
    outputs: Float64Array.of(...[1, 0, 0], ...[0, 0, 0.9], ...[0, 0, 1]),
  };
  expect(accuracy(part.predicted, labels)).toBe(2 / 3);
  expect(mistakesIn(part, labels)).toEqual([{ index: 1, label: 1, predicted: 2, output: 0.9 }]);
  expect(confusionMatrix(part.predicted, labels, 3)).toEqual([
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, 1],
  ]);
  expect(classMetrics(part.predicted, labels, 3).map(({ recall }) => recall)).toEqual([1, 0, 1]);
});
