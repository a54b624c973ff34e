/** What is kept of a training run. */
import type { Matrix } from "../autodiff/index.js";
import type { Parameters } from "../nn/index.js";
import type { Progress, Settings } from "../training/index.js";
import type { DatasetIdentity } from "./identity.js";

/** What a run was trained with, for whoever reads of it later; it decides no weight of the engine's own. */
export interface Made {
  /** Of this package. */
  readonly version: string;
  /** When the run, or its last resumption, began: ISO 8601, UTC. */
  readonly date: string;
  readonly threads: number;
  /** What computed dense products, and how many bits an instruction computed at once; of the engine. */
  readonly backend?: string;
  readonly simd?: number;
}

/** A run between two steps: the network, and all that its training depends on. */
export interface Checkpoint extends Progress {
  /**
   * w (out×in) and b (out×1) of each layer, float32 of the engine or float64 of the interpreter. With the
   * setting `ema` these are the averages, and the parameters that training goes on with are in `state`.
   */
  readonly layers: Parameters<Matrix>;
  /** With the sizes of the training and the validation set, whether they were asked for or not. */
  readonly settings: Settings;
  /**
   * What else was asked for, by the names of flags: executor, backend, dataset, name, keepBest, measure and
   * evalEvery; startFrom is the digest of the weights that the run began with.
   */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly dataset: DatasetIdentity;
  /** Undefined in files that do not say. */
  readonly made?: Made | undefined;
  /** What training carries from step to step beside the parameters, by name. */
  readonly state: ReadonlyMap<string, Matrix>;
}
