/** The runs of Michael Nielsen's book, by chapters and in their order there. */
import type { Figure, Recipe, Source } from "./recipe.js";

const chapter = (n: number): Source => ({
  title: `Nielsen, Neural Networks and Deep Learning, 2015, chapter ${n}`,
  url: `http://neuralnetworksanddeeplearning.com/chap${n}.html`,
});

/** What chapter 1 begins with; whatever the book changes afterwards stands in the recipe. */
const first = {
  epochs: 30,
  learningRate: 3,
  batchSize: 10,
  hidden: [30],
  activation: "sigmoid",
  cost: "quadratic",
  init: "large",
  optimizer: "sgd",
  lambda: 0,
  momentum: 0,
  trainSize: 50_000,
  validationSize: 10_000,
} as const;

const crossEntropy = { ...first, cost: "cross-entropy", learningRate: 0.5 } as const;
const regularised = { ...crossEntropy, lambda: 5 } as const;
const slow = { ...regularised, learningRate: 0.1 } as const;
const overfitting = { ...crossEntropy, epochs: 400, trainSize: 1000 } as const;

const test = (accuracy: number, at: Figure["at"] = "best", bestOf = 1): Figure => ({
  accuracy,
  on: "test",
  at,
  bestOf,
});

const validation = (accuracy: number, at: Figure["at"] = "best"): Figure => ({
  accuracy,
  on: "validation",
  at,
  bestOf: 1,
});

const chapters1And3: readonly Recipe[] = [
  {
    name: "nielsen-ch1-30",
    settings: first,
    figures: [test(95.42, "best", 3)],
    source: chapter(1),
    seconds: 7,
  },
  {
    name: "nielsen-ch1-100",
    settings: { ...first, hidden: [100] },
    figures: [test(96.59, "best", 3)],
    source: chapter(1),
    seconds: 20,
  },
  {
    name: "nielsen-ch3-cross-entropy-30",
    settings: crossEntropy,
    figures: [test(95.49)],
    source: chapter(3),
    seconds: 7,
  },
  {
    name: "nielsen-ch3-cross-entropy-100",
    settings: { ...crossEntropy, hidden: [100] },
    figures: [test(96.82)],
    source: chapter(3),
    seconds: 20,
  },
  {
    name: "nielsen-ch3-overfitting",
    settings: overfitting,
    figures: [test(82.27)],
    source: chapter(3),
    seconds: 20,
  },
  {
    name: "nielsen-ch3-overfitting-regularised",
    settings: { ...overfitting, lambda: 0.1 },
    figures: [test(87.1)],
    source: chapter(3),
    seconds: 20,
  },
  {
    name: "nielsen-ch3-regularised-30",
    settings: regularised,
    figures: [test(96.49)],
    source: chapter(3),
    seconds: 7,
  },
  {
    name: "nielsen-ch3-regularised-100",
    settings: { ...regularised, hidden: [100] },
    figures: [validation(97.92)],
    source: chapter(3),
    seconds: 20,
  },
  {
    name: "nielsen-ch3-best",
    settings: { ...slow, hidden: [100], epochs: 60 },
    figures: [validation(98.04)],
    source: chapter(3),
    seconds: 40,
  },
  {
    name: "nielsen-ch3-init-large",
    settings: slow,
    figures: [validation(86.43, 1), validation(96.37, "last")],
    source: chapter(3),
    seconds: 7,
  },
  {
    name: "nielsen-ch3-init-default",
    settings: { ...slow, init: "default" },
    figures: [validation(92.7, 1), validation(96.5, "last")],
    source: chapter(3),
    seconds: 7,
  },
];

/** One to four hidden layers of 30 units. */
const chapter5 = [96.48, 96.9, 96.57, 96.53].map(
  (accuracy, i): Recipe => ({
    name: `nielsen-ch5-depth-${i + 1}`,
    settings: { ...slow, init: "default", hidden: Array.from({ length: i + 1 }, () => 30) },
    figures: [validation(accuracy, "last")],
    source: chapter(5),
    seconds: 10,
  }),
);

export const nielsen: readonly Recipe[] = [...chapters1And3, ...chapter5];
