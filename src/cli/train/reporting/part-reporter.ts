/** How far a run is, reported now and then while it is trained. */
import type { Reporter } from "./reporter.js";

/** What part of a run is done, from 0 to 1. */
export type Part = number;

/** In milliseconds, between two reports. */
const INTERVAL = 250;

/** A reporter of nothing else. */
export function partReporter(tell: (part: Part) => void): Partial<Reporter> {
  let [epochs, images] = [1, 1];
  let last = performance.now();
  return {
    start({ settings, trainSize }) {
      [epochs, images] = [settings.epochs, trainSize];
    },
    progress(epoch, done) {
      const now = performance.now();
      if (now - last < INTERVAL) return;
      last = now;
      tell((epoch - 1 + done / images) / epochs);
    },
  };
}
