/** The most confident mistakes among the test images, with what they look like. */
import { type Mistake, mistakesIn } from "../training/evaluation/metrics.js";
import type { Tested } from "./run.js";

export interface ShownMistake extends Mistake {
  readonly pixels: Uint8Array;
}

/** As many fill a few rows. */
const MOST = 24;

export function shownMistakes(tested: Tested): ShownMistake[] {
  const { labels, pixels, rows, columns } = tested.images;
  const size = rows * columns;
  return mistakesIn(tested, labels)
    .slice(0, MOST)
    .map((mistake) => {
      const { index } = mistake;
      return { ...mistake, pixels: pixels.slice(index * size, (index + 1) * size) };
    });
}
