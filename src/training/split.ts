/** Which images of the training file are trained on, and which are kept for validation. */
import { SettingsError } from "./errors.js";
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
  if (trainSize < 1 || trainSize + validationSize > count) {
    throw new SettingsError(
      settings.trainSize === undefined
        ? `--validation-size ${validationSize} leaves nothing to train on: the data has ${count} training images`
        : `--train-size ${trainSize} and --validation-size ${validationSize} need ${trainSize + validationSize} training images: the data has ${count}`,
    );
  }
  if (batchSize > trainSize) {
    throw new SettingsError(
      `--batch-size ${batchSize} should be at most the ${trainSize} images that are trained on`,
    );
  }
  return { trainSize, validationSize };
}
