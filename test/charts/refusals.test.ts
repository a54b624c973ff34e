import { describe, expect, test } from "vitest";
import {
  barChart,
  confusionChart,
  digitSheet,
  greyImage,
  histogram,
  lineChart,
  meanSeries,
  reliabilityOf,
  weightTiles,
} from "../../src/charts/index.js";

const title = "a figure";
const axes = { x: { label: "x" }, y: { label: "y" } };

describe("impossible data", () => {
  test.each<[string, () => unknown, string]>([
    ["a narrow figure", () => lineChart([], { title, ...axes, width: 199 }), "at least 200 pixels"],
    [
      "a negative deviation",
      () => lineChart([{ name: "a", points: [{ x: 1, y: 1, deviation: -1 }] }], { title, ...axes }),
      "a deviation is at least 0",
    ],
    ["a matrix that is not square", () => confusionChart([[1, 2]], { title }), "1 columns in each"],
    ["half an image", () => confusionChart([[0.5]], { title }), "whole numbers from 0"],
    ["a name too many", () => confusionChart([[1]], { title, classes: ["a", "b"] }), "not 2"],
    [
      "a negative bar",
      () => barChart([{ name: "a", values: [-1] }], { title, measures: ["m"] }),
      "not -1",
    ],
    [
      "a value too few",
      () => barChart([{ name: "a", values: [] }], { title, measures: ["m"] }),
      "a has 0 values for 1 measures",
    ],
    ["a pixel too few", () => digitSheet([{ pixels: [1] }], { title }), "28×28 are expected"],
    ["no rows", () => greyImage([], { rows: 0, columns: 1 }), "above 0, not 0"],
    [
      "a scale of 0",
      () => weightTiles([{ weights: [1] }], { title, rows: 1, columns: 1, scale: 0 }),
      "above 0, not 0",
    ],
    ["half a bin", () => histogram([], { title, label: "x", bins: 0.5 }), "not 0.5"],
    ["a probability above 1", () => reliabilityOf([1.5], [true]), "from 0 to 1, not 1.5"],
    ["a result too few", () => reliabilityOf([1], []), "not 0"],
  ])("is refused in one sentence: %s", (_, draw, words) => {
    expect(draw).toThrow(RangeError);
    expect(draw).toThrow(words);
  });
});

test("mean and deviation are taken over the runs that have a value", () => {
  const runs = [[1, 2], [3], [5, Number.NaN]].map((ys) => ys.map((y, x) => ({ x, y })));
  expect(meanSeries(runs)).toEqual([
    { x: 0, y: 3, deviation: 2 },
    { x: 1, y: 2 },
  ]);
});

test("probabilities that are what they say have no calibration error", () => {
  const probabilities = Array.from({ length: 100 }, () => 0.75);
  const right = probabilities.map((_, i) => i % 4 !== 0);
  const { bins, error } = reliabilityOf(probabilities, right);
  expect(error).toBeCloseTo(0, 12);
  expect(bins[7]).toMatchObject({ count: 100, predicted: 0.75, observed: 0.75 });
});
