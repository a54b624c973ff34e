/** The misclassified test images, the most confident mistake first. */
import type { Tested } from "./run.js";

export interface Mistake {
  /** Among the test images. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** That of the predicted class. */
  readonly output: number;
  readonly pixels: Uint8Array;
}

/** As many fill a few rows. */
const MOST = 24;

export function mistakesIn({ images, predicted, outputs, classes }: Tested): Mistake[] {
  const size = images.rows * images.columns;
  return Array.from(images.labels, (label, index) => {
    const guess = predicted[index]!;
    const output = outputs[index * classes + guess] ?? Number.NEGATIVE_INFINITY;
    return { index, label, predicted: guess, output };
  })
    .filter(({ label, predicted }) => predicted !== label && predicted < classes)
    .sort((a, b) => b.output - a.output)
    .slice(0, MOST)
    .map((mistake) => {
      const { index } = mistake;
      return { ...mistake, pixels: images.pixels.slice(index * size, (index + 1) * size) };
    });
}
