/** What a report is told of a run: what a checkpoint or a log of events has, and perhaps the test images. */
import type { Matrix } from "../autodiff/index.js";
import { namesOrNumbers } from "../data/class-names.js";
import type { Images } from "../data/dataset.js";
import type { Parameters } from "../nn/index.js";
import type { EpochReport, TrainedNetwork } from "../training/index.js";

export interface ReportedRun {
  /** What the figures call it. */
  readonly name: string;
  /** The file that it was read from. */
  readonly file: string;
  /** By name; what is undefined or null counts as not given. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly dataset: ReportedDataset;
  readonly machine: Machine;
  /** In the order of the epochs, which may have gaps. */
  readonly epochs: readonly Epoch[];
  /** Wall time of all epochs, evaluation included. */
  readonly seconds?: number | undefined;
  readonly weightsSha256?: string | undefined;
  readonly network?: ReportedNetwork | undefined;
  readonly tested?: Tested | undefined;
  /** Sentences on what is missing, and why. */
  readonly remarks: readonly string[];
}

export interface ReportedDataset {
  readonly name: string;
  readonly sha256?: string | undefined;
  /** The names of the classes; their numbers, if left out. */
  readonly classes?: readonly string[] | undefined;
}

/** What made the run, as far as it is known. */
export interface Machine {
  readonly version?: string | undefined;
  /** ISO 8601. */
  readonly date?: string | undefined;
  readonly executor?: string | undefined;
  readonly backend?: string | undefined;
  readonly threads?: number | undefined;
  /** Bits that one instruction computes at once. */
  readonly simd?: number | undefined;
}

/** The report on an epoch, as far as it is known. */
export type Epoch = Pick<EpochReport, "epoch"> & {
  readonly [Key in Exclude<keyof EpochReport, "epoch" | "imagesPerSecond">]?:
    | EpochReport[Key]
    | undefined;
};

export interface ReportedNetwork {
  readonly layers: Parameters<Matrix>;
  readonly settings: TrainedNetwork["settings"];
}

/** What the network makes of the test images. */
export interface Tested {
  readonly images: Images;
  readonly classes: number;
  /** The class of each image. */
  readonly predicted: Uint8Array;
  /** a^L, classes×count, one image per column. */
  readonly outputs: Float64Array;
}

/** The names of so many classes. */
export function classNames({ classes }: ReportedDataset, count: number): readonly string[] {
  return namesOrNumbers(classes, count);
}
