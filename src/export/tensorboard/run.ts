/** A run as TensorBoard shows it: its curves, and the weights of its first layer as pictures. */
import type { Matrix } from "../../autodiff/index.js";
import type { EpochReport } from "../../training/index.js";
import type { Summary } from "./events.js";
import { weightSheet } from "./weight-sheet.js";

/** A report on an epoch, as far as it is known. */
export type KnownEpoch = Pick<EpochReport, "epoch"> &
  Partial<Record<keyof EpochReport, number | undefined>>;

/**
 * One epoch: costs and accuracies on each set, in one chart for all sets, the learning rate and the speed.
 *
 * @param time seconds since 1970
 */
export function epochSummary(report: KnownEpoch, time: number): Summary {
  const { epoch, loss, learningRate, imagesPerSecond, ...measured } = report;
  const values: readonly [string, number | undefined][] = [
    ["loss/training steps", loss],
    ["loss/train", measured.trainLoss],
    ["loss/validation", measured.validationLoss],
    ["loss/test", measured.testLoss],
    ["accuracy/train", measured.trainAccuracy],
    ["accuracy/validation", measured.validationAccuracy],
    ["accuracy/test", measured.testAccuracy],
    ["learning rate", learningRate],
    ["images per second", imagesPerSecond],
  ];
  const known = values.filter((entry): entry is [string, number] => entry[1] !== undefined);
  return { time, step: epoch, scalars: new Map(known) };
}

/** w¹, units×pixels, after an epoch; nothing if the pixels are no square image. */
export function weightsSummary(w: Matrix, epoch: number, time: number): Summary | undefined {
  const image = weightSheet(w);
  return image && { time, step: epoch, images: new Map([["first layer", image]]) };
}
