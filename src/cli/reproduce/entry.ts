/** What a record is of: finished runs, and committees of such. */
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import type { ExecutorFlags } from "../options/executor.js";

/** All settings that decide the result of a run. The data are always MNIST. */
export type RunSettings = Settings & Pick<ExecutorFlags, "executor" | "backend">;

/** A finished run. Accuracies are parts of 1, one for each epoch that was trained. */
export interface Run {
  /** Those that were known when it was recorded: see {@link complete}. */
  readonly settings: Partial<RunSettings> & Pick<RunSettings, "seed">;
  readonly dataset: string;
  /** Empty if no images are kept for validation. */
  readonly validation: readonly number[];
  readonly test: readonly number[];
  /** Wall time of all epochs, evaluation included; of epochs before a run was resumed, that of training. */
  readonly seconds: number;
  readonly weightsSha256: string;
  readonly made?: Origin;
}

/** Several finished runs that differ only in the seed, tested together. */
export interface Committee extends Pick<Run, "dataset" | "made"> {
  /** The settings they share. */
  readonly settings: Partial<RunSettings>;
  readonly seeds: readonly number[];
  /** The accuracy of the mean of their outputs after the last epoch, a part of 1. */
  readonly test: number;
  /** Of each run, in the order of the seeds. */
  readonly weightsSha256: readonly string[];
}

/** What made a run, where, and when. Records of before this was kept know less of it, or nothing. */
export interface Origin {
  readonly processor: string;
  readonly threads?: number | "auto";
  /** Of this package. */
  readonly version?: string;
  /** 2026-11-25 */
  readonly date?: string;
}

/** The name of the only data set whose runs are compared. */
export const DATASET = "mnist";

/**
 * What decides a run, with the defaults of what it leaves out. So a run is still recognised when there
 * are settings that did not exist when it was recorded.
 */
export function complete({
  executor = "engine",
  backend = "embedded",
  ...settings
}: Partial<RunSettings>): RunSettings {
  return { ...completeSettings(settings), executor, backend };
}

/** What runs share that differ in the seed alone. */
export function withoutSeed(settings: Partial<RunSettings>): Omit<RunSettings, "seed"> {
  const { seed, ...others } = complete(settings);
  return others;
}

export function isOfSeveral(entry: Run | Committee): entry is Committee {
  return "seeds" in entry;
}
