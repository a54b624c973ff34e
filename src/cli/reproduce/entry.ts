/** What a line of a record holds: a finished run, or a committee of such. */
import { impossibleIn } from "../../training/settings/compatibility.js";
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import type { ExecutorFlags } from "../options/executor.js";

/** What decides the result of a run, apart from the data, which are always MNIST's. */
export type Identity = Settings & Pick<ExecutorFlags, "executor" | "backend">;

/** A finished run. Accuracies are parts of 1, one for each epoch. */
export interface Run {
  /** Those that were known when it was recorded: see {@link complete}. */
  readonly settings: Partial<Identity> & Pick<Identity, "seed">;
  readonly dataset: string;
  /** Empty if no images are kept for validation. */
  readonly validation: readonly number[];
  readonly test: readonly number[];
  /** Wall time of all epochs, evaluation included; of epochs before a run was resumed, that of training. */
  readonly seconds: number;
  readonly weightsSha256: string;
  readonly made?: Made;
}

/** Several finished runs that differ only in the seed, tested together. */
export interface Committee extends Pick<Run, "dataset" | "made"> {
  /** The settings they share. */
  readonly settings: Partial<Identity>;
  readonly seeds: readonly number[];
  /** The accuracy of the mean of their outputs after the last epoch, a part of 1. */
  readonly test: number;
  /** Of each run, in the order of the seeds. */
  readonly weightsSha256: readonly string[];
}

/** What made a run, where, and when. Records of before this was kept know less of it, or nothing. */
export interface Made {
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
}: Partial<Identity>): Identity {
  return { ...completeSettings(settings), executor, backend };
}

/** What runs share that differ in the seed alone. */
export function withoutSeed(settings: Partial<Identity>): Omit<Identity, "seed"> {
  const { seed, ...others } = complete(settings);
  return others;
}

export function isOfSeveral(entry: Run | Committee): entry is Committee {
  return "seeds" in entry;
}

/** How each line begins. */
const BEGINNING = '{"settings":';

/** What a line holds; undefined if that is something else. */
export function entryIn(line: string): Run | Committee | undefined {
  const entry = line.startsWith(BEGINNING) ? parsed(line) : undefined;
  if (entry === undefined) return undefined;
  return isRun(entry) || isCommittee(entry) ? entry : undefined;
}

/** Whether a text is the beginning of a line, the rest of which was never written. */
export function isBeginning(text: string): boolean {
  return text.startsWith(BEGINNING) && parsed(text) === undefined;
}

/** Undefined of what is not JSON, as no part of a line is without the rest. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRun(value: unknown): value is Run {
  const { settings, dataset, validation, test, seconds } = value as Record<keyof Run, unknown>;
  const areAccuracies = [validation, test].every((each) => isListOf("number", each));
  const hasSeed = areSettings(settings) && settings.seed !== undefined;
  return hasSeed && areAccuracies && typeof dataset === "string" && typeof seconds === "number";
}

function isCommittee(value: unknown): value is Committee {
  const { settings, dataset, seeds, test, weightsSha256 } = value as Record<
    keyof Committee,
    unknown
  >;
  const areLists = isListOf("number", seeds, 2) && isListOf("string", weightsSha256, 2);
  return (
    areSettings(settings) && areLists && typeof dataset === "string" && typeof test === "number"
  );
}

function areSettings(value: unknown): value is Partial<Identity> {
  if (typeof value !== "object" || value === null) return false;
  const { executor, backend, ...others } = value as Partial<Identity>;
  return impossibleIn(others) === undefined;
}

function isListOf(type: "number" | "string", value: unknown, atLeast = 0): boolean {
  if (!Array.isArray(value) || value.length < atLeast) return false;
  return value.every((each) => typeof each === type);
}
