/** The most confident mistakes among the test images, with what they look like. */
import { pixelsOf } from "../data/dataset.js";
import { type Mistake, mistakesIn } from "../training/evaluation/metrics.js";
import type { Tested } from "./run.js";

export interface ShownMistake extends Mistake {
  readonly pixels: Uint8Array;
}

/** As many fill a few rows. */
const MOST = 24;

export function shownMistakes(tested: Tested): ShownMistake[] {
  const { images } = tested;
  return mistakesIn(tested, images.labels)
    .slice(0, MOST)
    .map((mistake) => ({ ...mistake, pixels: pixelsOf(images, mistake.index) }));
}
