/** What viewers of a run are told as it goes: plain data, which JSON and messages between threads can carry. */
import type { EpochReport, Settings } from "../training/index.js";

/** A run begins, or a viewer comes later: all that does not change. */
export interface Started {
  readonly event: "started";
  readonly name: string;
  readonly dataset: string;
  readonly settings: Settings;
  /** The sizes of all layers. */
  readonly layers: readonly number[];
  readonly classes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly trainSize: number;
  readonly threads: number | undefined;
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
  /** Of training alone, in this epoch. */
  readonly imagesPerSecond: number;
}

export interface EpochEnded {
  readonly event: "epoch";
  readonly report: EpochReport;
}

/** The network as it is now. */
export interface Snapshot {
  readonly event: "snapshot";
  readonly epoch: number;
  readonly images: number;
  /** Rows of w¹, as many as are shown: float32, little-endian, one unit after the other, as base64. */
  readonly firstLayer: string;
  /** The outputs for each of the watched digits. */
  readonly outputs: readonly (readonly number[])[];
}

/** The test images that the network was most sure of, and wrong about, after an epoch. */
export interface Mistaken {
  readonly event: "mistakes";
  readonly epoch: number;
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

export type RunEvent = Started | Progressed | EpochEnded | Snapshot | Mistaken | Ended;
