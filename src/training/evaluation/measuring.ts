/** What is measured of a network while it is trained. None of it changes a weight. */
import { shown } from "../../given.js";
import { type Range, whole } from "../settings/ranges.js";

/** The images that a network can be measured on: some that it is trained on, and two sets that it is not. */
export type MeasuredSet = "train" | "validation" | "test";

/** What a run measures after its epochs. */
export interface Measuring {
  /** How many of the first training images, not deformed: 0 for none; all if there are fewer. */
  readonly train: number;
  readonly validation: boolean;
  /** After the last epoch the test images are measured in any case. */
  readonly test: boolean;
  /** Measure after every so many epochs, and after the last. */
  readonly every: number;
  /**
   * Measure validation after each epoch in any case. So it is where the settings depend on it: patience, a
   * target, and the schedule `plateau`.
   */
  readonly validatesAlways: boolean;
}

/** Accuracy and cost on 10,000 images of each set, as a rule. */
export const USUAL_MEASURING: Measuring = {
  train: 10_000,
  validation: true,
  test: true,
  every: 1,
  validatesAlways: false,
};

/** How good a network is on a set of images. */
export interface Measurement {
  /** The part of the images, from 0 to 1, that are classified as their labels say. */
  readonly accuracy: number;
  /** Their mean cost, without the regularisation term. */
  readonly loss: number;
}

/** The same. Throws a RangeError if `train` is not a whole number from 0 on or ∞, or `every` not one from 1 on. */
export function checkedMeasuring(measuring: Measuring): Measuring {
  const { train, every } = measuring;
  if (train !== Number.POSITIVE_INFINITY) expectIn(whole(0), "train", train);
  expectIn(whole(1), "every", every);
  return measuring;
}

function expectIn({ has, expected }: Range<number>, name: keyof Measuring, value: number): void {
  if (!has(value))
    throw new RangeError(`measuring: ${name} should be ${expected}, not ${shown(value)}`);
}
