/** A run as TensorBoard shows it: its curves, and the weights of its first layer as pictures. */
import type { Matrix } from "../../autodiff/index.js";
import type { EpochReport } from "../../training/index.js";
import { firstRecord, type Summary, summaryRecord } from "./events.js";
import { weightSheet } from "./weight-sheet.js";

/** What the file of a run is called: TensorBoard reads those with `tfevents` in their names. */
export const EVENTS_FILE = "events.out.tfevents.train-mnist";

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

/**
 * The beginning of a file, with all epochs that are finished. They follow each other in time as they did in
 * training, from when the run or its resumption began.
 *
 * @param date ISO 8601; 1970 if it is not known
 * @returns the records, and the time of the last in seconds since 1970
 */
export function recordsOfEpochs(
  epochs: readonly KnownEpoch[],
  date: string | undefined,
): { readonly records: Uint8Array[]; readonly time: number } {
  const begin = Date.parse(date ?? "") / 1000 || 0;
  let time = begin;
  const summaries = epochs.map((epoch) => {
    time += epoch.seconds ?? 0;
    return summaryRecord(epochSummary(epoch, time));
  });
  return { records: [firstRecord(begin), ...summaries], time };
}
