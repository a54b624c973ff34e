/** What the page and the worker that trains tell each other. */
import type { Dataset } from "../../data/dataset.js";
import type { RunEvent } from "../../live/index.js";
import type { Sentence, Settings, TrainedNetwork } from "../../training/index.js";

export type Request =
  | Opening
  /** Train on until the run ends or is paused. */
  | { readonly ask: "start" }
  | { readonly ask: "pause" }
  /** Train on one mini-batch; after the last of an epoch, measure. */
  | { readonly ask: "step" }
  | { readonly ask: "save" }
  /** Give a sign of life. */
  | { readonly ask: "sign" };

/** The first request: everything is made ready. */
export interface Opening {
  readonly ask: "open";
  readonly name: string;
  readonly settings: Settings;
  readonly dataset: Dataset;
  /** The bytes of a saved run to go on with, and what messages call it. */
  readonly saved?: { readonly bytes: Uint8Array; readonly source: string };
  readonly processors: number;
}

/** Whether it trains, and whether anything is left to train; of a run that has diverged, only the epochs before. */
export type RunState = "paused" | "training" | "ended" | "diverged";

export type Answer =
  | { readonly answer: "event"; readonly event: RunEvent }
  | { readonly answer: "state"; readonly state: RunState }
  | { readonly answer: "saved"; readonly bytes: Uint8Array }
  /** After each epoch, what `save` gives then: if the worker dies, the page goes on from it. */
  | { readonly answer: "kept"; readonly kept: Kept }
  | { readonly answer: "network"; readonly trained: TrainedSoFar }
  /** The sign of life that was asked for. */
  | { readonly answer: "sign" }
  /** Something went wrong; the message is meant for whoever uses the page. */
  | { readonly answer: "failed"; readonly message: string | Sentence };

/** A network, and how far it has come. */
export interface TrainedSoFar {
  readonly network: TrainedNetwork;
  readonly testAccuracy: number | undefined;
  /** How many epochs it has been trained for. */
  readonly epochs: number;
}

export interface Kept {
  readonly bytes: Uint8Array;
  /** How many epochs it has been trained for. */
  readonly epochs: number;
}
