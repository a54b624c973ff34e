/** How far a run is, told now and then by whoever trains it. */
import type { Reporter } from "./reporter.js";

/** What part of a run is done, from 0 to 1. */
export type Part = number;

/** In milliseconds, between two tellings. */
const INTERVAL = 250;

/** A reporter that tells nothing else. */
export function partTeller(tell: (part: Part) => void): Partial<Reporter> {
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
