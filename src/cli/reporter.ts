/** What a training run tells its user; two ways of telling it exist, for people and for programs. */
import type { Ending, EpochReport, Settings } from "../training/index.js";

export interface Start {
  readonly dataset: string;
  readonly trainSize: number;
  readonly validationSize: number;
  readonly testSize: number;
  /** The sizes of all layers. */
  readonly layers: readonly number[];
  readonly parameters: number;
  readonly executor: string;
  readonly settings: Settings;
}

export interface End {
  /** Why the run ended. */
  readonly reason: Ending;
  readonly epochs: number;
  /** At the last epoch. */
  readonly testAccuracy: number;
  /** The epoch that was best on validation. */
  readonly bestEpoch: number;
  readonly bestTestAccuracy: number;
  /** Wall time of all epochs, evaluation included. */
  readonly seconds: number;
  readonly weightsSha256: string;
}

export interface DryRun {
  /** The mean cost of the one batch. */
  readonly loss: number;
  readonly seconds: number;
}

export interface Reporter {
  start(start: Start): void;
  /** Called often while an epoch is trained. */
  progress(epoch: number, images: number): void;
  epoch(report: EpochReport): void;
  /** What to try, where the epoch shows that training does not get on. */
  hint(epoch: number, text: string): void;
  end(end: End): void;
  dryRun(result: DryRun): void;
  /** The run was stopped after this many whole epochs. */
  interrupted(epochs: number): void;
}
