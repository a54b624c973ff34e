/** Snapshots of a network in training: made from a copy of it, in whatever thread has the time. */
import { interpreter } from "../autodiff/index.js";
import { toBase64 } from "../bytes.js";
import { type Images, pixelsOf } from "../data/dataset.js";
import {
  type Classification,
  classify,
  mistakesIn,
  type TrainedNetwork,
} from "../training/index.js";
import type { RunEvent, WatchedDigit } from "./events.js";
import { packedWeights } from "./first-layer.js";

/** Watched in every snapshot, and shown of the mistakes. */
export const DIGITS = 20;

/** A network at a moment of its training: plain data, which messages between threads can carry. */
export interface NetworkState {
  readonly epoch: number;
  /** How many images of the epoch it has been trained on. */
  readonly images: number;
  readonly network: TrainedNetwork;
  /** The last test, and the epoch that it followed; left out where viewers have that already. */
  readonly tested?: { readonly epoch: number; readonly classification: Classification };
}

/** What viewers are told of it: a snapshot, and the mistakes in a test. Throws a DataError if its outputs are not numbers. */
export async function snapshotEvents(
  { epoch, images, network, tested }: NetworkState,
  test: Images,
): Promise<RunEvent[]> {
  const { w } = network.layers[0] as TrainedNetwork["layers"][number];
  const firstLayer = packedWeights(w.data, w.shape[0]);
  const outputs = await outputsFor(network, test);
  const snapshot: RunEvent = { event: "snapshot", epoch, images, firstLayer, outputs };
  if (tested === undefined) return [snapshot];
  const all = mistakesIn(tested.classification, test.labels);
  const mistakes = all.slice(0, DIGITS).map(({ index, predicted, output }) => {
    return { ...watchedDigit(test, index), index, predicted, output: rounded(output) };
  });
  const counts = { wrong: all.length, tested: test.labels.length };
  return [{ event: "mistakes", epoch: tested.epoch, ...counts, mistakes }, snapshot];
}

export function watchedDigit(images: Images, index: number): WatchedDigit {
  return { pixels: toBase64(pixelsOf(images, index)), label: images.labels[index] as number };
}

/** For the watched digits. */
async function outputsFor(network: TrainedNetwork, test: Images): Promise<number[][]> {
  const count = Math.min(DIGITS, test.count);
  const pixels = test.pixels.subarray(0, count * test.rows * test.columns);
  const watched = { ...test, count, pixels, labels: test.labels.subarray(0, count) };
  const { outputs } = await classify(network, watched, interpreter);
  const classes = outputs.length / count;
  return Array.from({ length: count }, (_, k) =>
    Array.from(outputs.subarray(k * classes, (k + 1) * classes), rounded),
  );
}

/** To as many digits as are shown. */
function rounded(output: number): number {
  return Number(output.toFixed(4));
}
