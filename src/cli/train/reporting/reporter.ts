/** What a training run reports, to people as text or to programs as JSON. */
import type { Made } from "../../../checkpoints/index.js";
import type { Ending, EpochReport, Settings } from "../../../training/index.js";
import type { Followed } from "../../configuration/given.js";

export interface Start extends Made {
  /** What the user calls the run. */
  readonly name?: string;
  readonly dataset: string;
  readonly datasetSha256: string;
  readonly trainSize: number;
  readonly validationSize: number;
  readonly testSize: number;
  /** The sizes of all layers. */
  readonly layers: readonly number[];
  readonly parameters: number;
  readonly executor: string;
  readonly settings: Settings;
  /** The digest of the weights that it began with, if these were not random. */
  readonly startFrom?: string;
  /** The recipe that it follows, if it follows one. */
  readonly recipe?: Followed;
  /** The flags that have switched the default recipe off, if some have. */
  readonly plain?: string;
  /** Where a resumed run continues. */
  readonly resumed?: Resumed;
}

export interface Resumed {
  readonly file: string;
  /** The number of finished epochs. */
  readonly epochs: number;
  /** The number of images that the epoch after them has gone through. */
  readonly images: number;
  /** Whether the run had ended, so that nothing is left to train. */
  readonly ended: boolean;
}

export interface End {
  /** Why the run ended. */
  readonly reason: Ending;
  readonly epochs: number;
  /** At the last epoch. */
  readonly testAccuracy: number;
  /** The epoch that was best on validation; the last if none was measured. */
  readonly bestEpoch: number;
  /** Undefined if validation was not measured. */
  readonly bestValidationAccuracy: number | undefined;
  /** Undefined if the test images were not measured after that epoch. */
  readonly bestTestAccuracy: number | undefined;
  /** Wall time of all epochs of this invocation, evaluation included. */
  readonly seconds: number;
  readonly weightsSha256: string;
  /** Where the run is saved. */
  readonly saved?: string;
  /**
   * Where it is saved as it was at its best epoch, and which that is: not `bestEpoch` if a run is resumed of which
   * that one was not kept.
   */
  readonly savedBest?: string;
  readonly savedBestEpoch?: number;
}

export interface Stop {
  /** The number of finished epochs. */
  readonly epochs: number;
  /** Where the run is saved, and the command that resumes it. */
  readonly saved?: { readonly file: string; readonly goOn: string };
}

export interface DryRun {
  /** The mean cost of the one batch. */
  readonly loss: number;
  readonly seconds: number;
}

/** Is told what happens in a run. What a method promises is awaited before the run goes on. */
export interface Reporter {
  start(start: Start): unknown;
  /**
   * Called often while an epoch is trained; `loss` is the mean cost of its images so far, and `seconds` the
   * time of the epoch so far.
   */
  progress(epoch: number, images: number, loss: number, seconds: number): unknown;
  epoch(report: EpochReport): unknown;
  /** What to try, where the epoch shows that training does not get on. */
  hint(epoch: number, text: string): unknown;
  end(end: End): unknown;
  dryRun(result: DryRun): unknown;
  interrupted(stop: Stop): unknown;
  /** The run ends with an error, which is put into words elsewhere, too: takes away what moves. */
  failed(error: unknown): unknown;
}

/** All of them as one: each is told what it has a method for, one after the other. */
export function together(reporters: readonly Partial<Reporter>[]): Reporter {
  const tell =
    <Name extends keyof Reporter>(name: Name) =>
    async (...told: Parameters<Reporter[Name]>) => {
      for (const reporter of reporters) {
        const method = reporter[name] as
          | ((...told: Parameters<Reporter[Name]>) => unknown)
          | undefined;
        await method?.(...told);
      }
    };
  return {
    start: tell("start"),
    progress: tell("progress"),
    epoch: tell("epoch"),
    hint: tell("hint"),
    end: tell("end"),
    dryRun: tell("dryRun"),
    interrupted: tell("interrupted"),
    failed: tell("failed"),
  };
}
