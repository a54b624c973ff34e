/** What is kept of a training run. */
import type { Matrix } from "../autodiff/index.js";
import type { Parameters } from "../nn/index.js";
import type { EpochReport, Settings } from "../training/index.js";
import type { DatasetIdentity } from "./identity.js";

/** A run between two steps: the network, and all that its training depends on. */
export interface Checkpoint {
  /** w (out×in) and b (out×1) of each layer, float32 of the engine or float64 of the interpreter. */
  readonly layers: Parameters<Matrix>;
  /** With the sizes of the training and the validation set, whether they were asked for or not. */
  readonly settings: Settings;
  /** What else was asked for that decides the numbers, by the names of flags: executor, backend, … */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly dataset: DatasetIdentity;
  /** What was reported of the finished epochs, the first first. */
  readonly reports: readonly EpochReport[];
  /** The number of images that the epoch after them has gone through. */
  readonly images: number;
  /** The time that this took. */
  readonly seconds: number;
  /** What training carries from step to step beside the parameters, by name. */
  readonly state: ReadonlyMap<string, Matrix>;
}
