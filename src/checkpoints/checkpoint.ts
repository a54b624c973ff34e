/** What is kept of a training run. */
import type { Matrix } from "../autodiff/index.js";
import type { Parameters } from "../nn/index.js";
import type { EpochReport, Settings } from "../training/index.js";
import type { DatasetIdentity } from "./identity.js";

/** A run between two steps: the network, and all that its training depends on. */
export interface Checkpoint {
  /** w (out×in) and b (out×1) of each layer, float32 of the engine or float64 of the interpreter. */
  readonly layers: Parameters<Matrix>;
  readonly settings: Settings;
  /** The name of the executor: another one does not compute the same numbers. */
  readonly executor: string;
  readonly dataset: DatasetIdentity;
  /** What was reported of the finished epochs, the first first. */
  readonly reports: readonly EpochReport[];
  /** How far the epoch after them has come. */
  readonly position: Position;
  /** What training carries from step to step beside the parameters, by name. */
  readonly state: ReadonlyMap<string, Matrix>;
}

export interface Position {
  /** The number of images that the epoch has gone through. */
  readonly images: number;
  /** The time that this took. */
  readonly seconds: number;
}
