/** What viewers of a run are told as it goes: plain data, which JSON and messages between threads can carry. */
import type { EpochReport, Sentence, Settings } from "../training/index.js";

/** A run begins: all that does not change. */
export interface Started {
  readonly event: "started";
  readonly name: string;
  readonly dataset: string;
  readonly settings: Settings;
  /** The name of the recipe that these are from, if they are. */
  readonly recipe?: string;
  /** The sizes of all layers. */
  readonly layers: readonly number[];
  readonly classes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly trainSize: number;
  readonly threads: number;
  readonly simd: number | undefined;
  /** The first test images, whose outputs every snapshot has. */
  readonly digits: readonly WatchedDigit[];
}

export interface WatchedDigit {
  /** From 0 to 255, row by row, as base64. */
  readonly pixels: string;
  readonly label: number;
}

/** Where an epoch is. */
export interface Progressed {
  readonly event: "progressed";
  readonly epoch: number;
  /** How many images of the epoch have been trained on. */
  readonly images: number;
  /** The mean cost of these. */
  readonly loss: number;
  /** Of training alone, in this epoch; 0 as long as that is not known. */
  readonly imagesPerSecond: number;
}

export interface EpochEnded {
  readonly event: "epoch";
  readonly report: EpochReport;
  /** What to try, where the epoch shows that the network does not learn. */
  readonly hint?: Sentence | undefined;
}

/** The network as it is now. */
export interface Snapshot {
  readonly event: "snapshot";
  readonly epoch: number;
  readonly images: number;
  readonly firstLayer: FirstLayer;
  /** The outputs for each of the watched digits. */
  readonly outputs: readonly (readonly number[])[];
}

/** Rows of w¹, as many as are shown, as fine as eyes can tell. */
export interface FirstLayer {
  readonly units: number;
  /** The largest magnitude of these weights: 127 of the bytes stands for it. */
  readonly scale: number;
  /** Signed bytes, one unit after the other, as base64. */
  readonly weights: string;
}

/** The test images that the network was most sure of, and wrong about, when they were last measured. */
export interface Mistaken {
  readonly event: "mistakes";
  readonly epoch: number;
  /** How many images it was wrong about, and of how many. */
  readonly wrong: number;
  readonly tested: number;
  readonly mistakes: readonly WatchedMistake[];
}

export interface WatchedMistake extends WatchedDigit {
  /** Of the test image, from 0. */
  readonly index: number;
  readonly predicted: number;
  /** The output for the class that was predicted. */
  readonly output: number;
}

/** The run is over, for whatever reason. */
export interface Ended {
  readonly event: "ended";
  /** `paused` may go on; `failed` has a message. */
  readonly reason: "finished" | "paused" | "interrupted" | "failed";
  readonly message?: string;
  readonly weightsSha256?: string;
}

/** What a viewer knows: all events so far, taken together by `reduce`. */
export interface RunView {
  /** Undefined as long as nothing is known. */
  readonly started?: Started;
  readonly epochs: readonly EpochReport[];
  /** What to try, where the last of these that was tested shows that the network does not learn. */
  readonly hint?: Sentence | undefined;
  /** Where the epoch is that is being trained. */
  readonly progress?: Progressed;
  /** The cost as it fell, within epochs too. */
  readonly losses: readonly LossPoint[];
  /** How far these go. */
  readonly counted?: Counted | undefined;
  readonly snapshot?: Snapshot;
  readonly mistakes?: Mistaken;
  /** Undefined while the run goes on. */
  readonly ended?: Ended;
}

/** Of the images of an epoch so far, the mean cost. */
export type Counted = Pick<Progressed, "epoch" | "images" | "loss">;

/** The mean cost of the images between the point before and this one. */
export interface LossPoint {
  /** In epochs from the beginning: 1.5 is the middle of the second. */
  readonly epochs: number;
  readonly loss: number;
  /** How many images this is the mean of. */
  readonly images: number;
}

/** For a viewer who comes later: all that was told before. */
export interface Joined {
  readonly event: "joined";
  readonly view: RunView;
}

export type RunEvent = Started | Progressed | EpochEnded | Snapshot | Mistaken | Ended | Joined;
