/** What the outputs of a network say about its worth. */
import { expectNumbers, expectObject, shown } from "../../given.js";

/** No class: what a sample is given whose outputs are not numbers, so that it counts as wrong. */
export const NO_CLASS = 255;

/**
 * The class of the largest score in each column of scores (classes×B, column by column); the first of them where
 * several are largest, and {@link NO_CLASS}, 255, where none is above −∞.
 *
 * @throws {RangeError} if `classes` is not a whole number from 1 on, or does not divide the number of scores
 */
export function predictions(scores: ArrayLike<number>, classes: number): Uint8Array {
  expectNumbers("predictions: the scores", scores);
  if (!(Number.isInteger(classes) && classes >= 1 && scores.length % classes === 0)) {
    throw new RangeError(
      `predictions: ${scores.length} scores are no scores of ${shown(classes)} classes for each image`,
    );
  }
  const predicted = new Uint8Array(scores.length / classes).fill(NO_CLASS);
  for (let sample = 0; sample < predicted.length; sample++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) {
      const score = scores[sample * classes + k]!;
      if (score > best) {
        best = score;
        predicted[sample] = k;
      }
    }
  }
  return predicted;
}

/**
 * The share of the predictions, from 0 to 1, that are their sample's label; NaN if there are none.
 *
 * @throws {RangeError} if there are fewer labels than predictions
 */
export function accuracy(predicted: Uint8Array, labels: Uint8Array): number {
  expectLabels("accuracy", predicted, labels);
  let correct = 0;
  for (let i = 0; i < predicted.length; i++) if (predicted[i] === labels[i]) correct++;
  return correct / predicted.length;
}

function expectLabels(name: string, predicted: Uint8Array, labels: Uint8Array): void {
  expectNumbers(`${name}: the predictions`, predicted);
  expectNumbers(`${name}: the labels`, labels);
  if (labels.length >= predicted.length) return;
  throw new RangeError(
    `${name}: ${predicted.length} predictions should have as many labels, not ${labels.length}`,
  );
}

/** The classes that were never predicted, although at least `least` images have them as labels. */
export function neverPredicted(predicted: Uint8Array, labels: Uint8Array, least: number): number[] {
  const taken = new Set(predicted);
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].filter(([k, n]) => n >= least && !taken.has(k)).map(([k]) => k);
}

/**
 * How many images of each label (row) were taken for each class (column), of those that have been predicted.
 *
 * @throws {RangeError} if there are fewer labels than predictions, or a label or prediction is not below `classes`
 */
export function confusionMatrix(
  predicted: Uint8Array,
  labels: Uint8Array,
  classes: number,
): number[][] {
  expectLabels("confusionMatrix", predicted, labels);
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [i, k] of predicted.entries()) {
    const label = labels[i]!;
    const highest = Math.max(label, k === NO_CLASS ? 0 : k);
    if (highest >= classes) {
      throw new RangeError(`confusionMatrix: there is no class ${highest} among ${classes}`);
    }
    if (k !== NO_CLASS) counts[label]![k]!++;
  }
  return counts;
}

/** An image that is taken for a wrong class. */
export interface Mistake {
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** The output of the predicted class, from 0 to 1. */
  readonly output: number;
}

/**
 * The misclassified images among those that have been predicted, the most confident mistake first.
 *
 * @param outcome what `classify` returns; its outputs are a^L, classes×count, one image per column
 * @throws {RangeError} if there are fewer labels than predictions
 */
export function mistakesIn(
  outcome: { readonly predicted: Uint8Array; readonly outputs: Float64Array },
  labels: Uint8Array,
): Mistake[] {
  expectObject("mistakesIn: the outcome", outcome, "an object, { predicted, outputs }");
  const { predicted, outputs } = outcome;
  expectLabels("mistakesIn", predicted, labels);
  expectNumbers("mistakesIn: the outputs", outputs);
  const classes = outputs.length / predicted.length;
  return Array.from(predicted, (k, index) => ({
    index,
    label: labels[index] as number,
    predicted: k,
    output: outputs[index * classes + k] as number,
  }))
    .filter(({ label, predicted }) => predicted !== label && predicted !== NO_CLASS)
    .sort((a, b) => b.output - a.output);
}

/** What is known of one class; parts of 1, undefined where they would be parts of nothing. */
export interface ClassMetrics {
  /** How many images have this label. */
  readonly images: number;
  /** The share of the images taken for this class that belong to it. */
  readonly precision: number | undefined;
  /** The share of this class's images that are taken for it. */
  readonly recall: number | undefined;
}

/** Precision and recall of each class, in the order of the classes. Throws as {@link confusionMatrix} does. */
export function classMetrics(
  predicted: Uint8Array,
  labels: Uint8Array,
  classes: number,
): ClassMetrics[] {
  const confusion = confusionMatrix(predicted, labels, classes);
  const reached = labels.slice(0, predicted.length);
  return confusion.map((row, k) => {
    const images = reached.reduce((sum, label) => sum + Number(label === k), 0);
    const taken = confusion.reduce((sum, row) => sum + row[k]!, 0);
    return { images, precision: partOf(row[k]!, taken), recall: partOf(row[k]!, images) };
  });
}

function partOf(some: number, all: number): number | undefined {
  return all === 0 ? undefined : some / all;
}
