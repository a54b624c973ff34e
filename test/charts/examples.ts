/** Figures of every kind, of data made up from formulas, each at two widths. */
import {
  barChart,
  confusionChart,
  digitSheet,
  dotChart,
  histogram,
  lineChart,
  meanSeries,
  reliabilityChart,
  reliabilityOf,
  weightTiles,
} from "../../src/charts/index.js";
import { generateDigits } from "../../src/data/generated/generate.js";
import { generator, normal, uniform } from "../../src/random.js";

const SHIRTS = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt"].concat([
  "Sneaker",
  "Bag",
  "Ankle boot",
]);

const epochs = Array.from({ length: 60 }, (_, k) => k + 1);
const random = generator(1, "figures");
const noise = (size: number) => size * (uniform(random) - 0.5);

/** Training goes on rising where testing does not. */
const accuracies = [
  { name: "training", top: 0.999, speed: 7 },
  { name: "validation", top: 0.966, speed: 5 },
  { name: "test", top: 0.961, speed: 5 },
].map(({ name, top, speed }) => ({
  name,
  points: epochs.map((x) => {
    const missing = name === "validation" && x > 30 && x < 36;
    const y = top - 0.14 * Math.exp(-x / speed) + noise(0.002);
    return { x, y: missing ? undefined : y };
  }),
}));

const seeds = (rate: number) =>
  Array.from({ length: 5 }, () => {
    const own = 1 + noise(0.5);
    return epochs.map((x) => ({ x, y: 2.3 * Math.exp((-x * rate * own) / 10) + 0.01 }));
  });

const digits = generateDigits({ count: 40, seed: 7 });
const imageAt = (k: number) => digits.pixels.subarray(784 * k, 784 * (k + 1));

const counts = Array.from({ length: 10 }, (_, row) =>
  Array.from({ length: 10 }, (_, column) => {
    if (row === column) return 940 + 7 * row;
    return (row * 7 + column * 5) % 11 > 7 ? ((row * column) % 9) + 1 : 0;
  }),
);
counts[4]![9] = 31;

const tiles = Array.from({ length: 30 }, (_, k) => ({
  weights: Float32Array.from({ length: 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor(i / 28)];
    const [dx, dy] = [x - 8 - ((k * 5) % 13), y - 8 - ((k * 3) % 11)];
    const wave = Math.cos(dx * (0.2 + 0.05 * (k % 5)) + dy * 0.3);
    return wave * Math.exp(-(dx ** 2 + dy ** 2) / 60) + 0.06 * normal(random);
  }),
  hint: `neuron ${k}`,
}));

const probabilities = Float64Array.from({ length: 5000 }, () => 1 - 0.75 * uniform(random) ** 3);
const right = Array.from(probabilities, (p) => uniform(random) < p ** 1.35);

const sample = (deviation: number) =>
  Float64Array.from({ length: 8000 }, () => deviation * normal(random));

const layers = [
  { name: "layer 1, 23,520 weights", values: sample(0.05) },
  { name: "layer 2, 300 weights", values: sample(0.2) },
];
const costs = [
  { name: "cross-entropy, η = 0.5", points: meanSeries(seeds(2)) },
  { name: "quadratic, η = 3.0", points: meanSeries(seeds(0.9)) },
];

const rates = [0.01, 0.03, 0.1, 0.3, 1, 3];
const peak = (rate: number) => 0.96 - 0.05 * Math.log10(rate / 0.3) ** 2;
const RECIPES = ["nielsen-ch1", "glorot-bengio-tanh, five layers of a thousand", "ciresan"];
const dotsAt = (xs: readonly number[], y: (x: number) => number, n: number) =>
  xs.flatMap((x) => Array.from({ length: n }, () => ({ x, y: y(x) + noise(0.02) })));
const byRate = [
  { name: "a run", dots: dotsAt([0.01, 0.03, 0.1, 1, 3], peak, 5) },
  { name: "of the best settings", dots: dotsAt([0.3], peak, 5) },
];
const byRecipe = [{ name: "a run", dots: dotsAt([0, 1, 2], (x) => 0.9 + 0.03 * x, 4) }];

type Draw = (width: number) => string;

export const examples: Readonly<Record<string, Draw>> = {
  accuracy: (width) =>
    lineChart(accuracies, {
      title: "Accuracy after each epoch",
      width,
      x: { label: "epoch", format: "integer" },
      y: { label: "accuracy", format: "percent" },
    }),
  cost: (width) =>
    lineChart(costs, {
      title: "Mean cost of five seeds, with one standard deviation",
      width,
      x: { label: "epoch", format: "integer" },
      y: { label: "training cost", log: true },
    }),
  names: (width) =>
    lineChart(
      Array.from({ length: 9 }, (_, k) => ({
        name: "a run whose name is a whole sentence, and more".repeat(1 + (k % 3)).slice(k * 3),
        points: [1, 2, 3, 4, 5].map((x) => ({ x, y: k + x ** 1.5 })),
      })),
      {
        title:
          "A heading that is much too long for a figure as narrow as this one, so that it goes on in a second line and ends there",
        width,
        x: { label: "epoch", format: "integer" },
        y: { label: "test loss" },
      },
    ),
  dots: (width) =>
    dotChart(byRate, {
      title: "Validation accuracy by learning rate",
      width,
      x: { label: "learning rate", log: true },
      y: { label: "validation accuracy", format: "percent" },
      line: { name: "mean", points: rates.map((x) => ({ x, y: peak(x) })) },
    }),
  categories: (width) =>
    dotChart(byRecipe, {
      title: "Validation accuracy by recipe",
      width,
      x: { label: "recipe", categories: RECIPES },
      y: { label: "validation accuracy", format: "percent" },
      line: { name: "mean", points: [0, 1, 2].map((x) => ({ x, y: 0.9 + 0.03 * x })) },
    }),
  confusion: (width) => confusionChart(counts, { title: "Confusion of digits", width }),
  clothes: (width) =>
    confusionChart(counts, { title: "Confusion of clothes", width, classes: SHIRTS }),
  bars: (width) =>
    barChart(
      SHIRTS.map((name, k) => ({
        name,
        values: [0.98 - 0.01 * k, k === 3 ? undefined : 0.8 + 0.02 * k],
      })),
      {
        title: "Precision and recall of each class",
        width,
        measures: ["precision", "recall"],
        format: "percent",
        full: 1,
      },
    ),
  weights: (width) => weightTiles(tiles, { title: "Weights of the first layer", width }),
  digits: (width) =>
    digitSheet(
      Array.from({ length: 20 }, (_, k) => ({
        pixels: imageAt(k),
        label: `${digits.labels[k]} → ${(digits.labels[k]! + 3) % 10}`,
        hint: `image ${k}`,
      })),
      { title: "The most confident mistakes", width },
    ),
  histogram: (width) =>
    histogram(layers, { title: "Weights of each layer", width, label: "weight" }),
  reliability: (width) =>
    reliabilityChart(reliabilityOf(probabilities, right), {
      title: "Reliability of the probabilities",
      width,
    }),
};

export const widths = { small: 360, large: 640 } as const;

/** 10×10 images. */
export function largeSheet(): string {
  const many = generateDigits({ count: 100, seed: 3 });
  const images = Array.from({ length: 100 }, (_, k) => ({
    pixels: many.pixels.subarray(784 * k, 784 * (k + 1)),
    label: String(many.labels[k]),
  }));
  return digitSheet(images, { title: "A hundred digits" });
}
