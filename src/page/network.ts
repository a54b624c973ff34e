/** The network that all rooms share, and the digit that one has taken along from one room to another. */
import { signal } from "@preact/signals";
import type { Matrix } from "../autodiff/index.js";
import type { Made } from "../checkpoints/checkpoint.js";
import type { ActivationName, CostName } from "../nn/index.js";
import type { EpochReport } from "../training/reports.js";

export interface Network {
  /** What it is called: a file's name, or how it was trained. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** What the outputs stand for. */
  readonly classes: readonly string[];
  readonly activation: ActivationName;
  readonly cost: CostName;
  /** Of each layer, from the first on: w, outputs × inputs, and b, outputs × 1. */
  readonly theta: readonly { readonly w: Matrix; readonly b: Matrix }[];
  readonly testAccuracy?: number;
  /** How it came about, as far as that is known. */
  readonly run?: NetworkRun;
}

export interface NetworkRun {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly dataset: { readonly name: string; readonly sha256?: string };
  /** On its epochs, in their order. */
  readonly reports: readonly EpochReport[];
  readonly made?: Partial<Made>;
}

export interface Digit {
  /** From 0 for paper to 255 for ink, row by row. */
  readonly pixels: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  /** Its class, if that is known. */
  readonly label?: number;
  /** Where it is from. */
  readonly title: string;
}

/** Undefined as long as none has been trained or loaded. */
export const network = signal<Network | undefined>(undefined);

/** Shown by the rooms that look at one digit. */
export const digit = signal<Digit | undefined>(undefined);
