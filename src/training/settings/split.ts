/** Which images of the training file are trained on, and which are kept for validation. */
import { counted } from "../../counted.js";
import { type Mention, type Sentence, SettingsError, sentence } from "../errors.js";
import type { Settings } from "./settings.js";

/** The first `trainSize` images are trained on, the last `validationSize` are for validation. */
export interface Split {
  readonly trainSize: number;
  readonly validationSize: number;
}

/** Throws a {@link SettingsError} if the sizes asked for do not fit `count` training images. */
export function split(settings: Settings, count: number): Split {
  const { batchSize, validationSize = Math.floor(count / 6) } = settings;
  const trainSize = settings.trainSize ?? count - validationSize;
  const train: Mention = { setting: "trainSize", value: trainSize };
  const validation: Mention = { setting: "validationSize", value: validationSize };
  if (trainSize < 1 || trainSize + validationSize > count) {
    throw new SettingsError(
      settings.trainSize === undefined
        ? sentence`${validation} leaves nothing to train on: it should be less than ${count}, the number of training images`
        : [
            ...sentence`${train} and ${validation} need ${counted(trainSize + validationSize, "training image")}, but the data has ${count}: choose `,
            ...smaller(trainSize, validationSize, count),
          ],
    );
  }
  if (batchSize > trainSize) {
    const batch: Mention = { setting: "batchSize", value: batchSize };
    throw new SettingsError(
      sentence`${batch} should be at most ${trainSize}, the number of images to train on`,
    );
  }
  return { trainSize, validationSize };
}

/** Which of the sizes need be smaller: one of them, if the other fits on its own. */
function smaller(trainSize: number, validationSize: number, count: number): Sentence {
  const training = sentence`${{ setting: "trainSize", value: count - validationSize }} or less`;
  const validation = sentence`a smaller ${{ setting: "validationSize" }}`;
  const [first, ...more] = [
    ...(validationSize < count ? [training] : []),
    ...(trainSize <= count ? [validation] : []),
  ];
  return first === undefined
    ? ["smaller ones"]
    : [...first, ...more.flatMap((each) => [", or ", ...each])];
}
