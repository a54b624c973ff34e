/** The runs that are done, kept as lines of JSON, so that an interrupted reproduction goes on. */
import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { systemReason } from "../../files/reason.js";
import { SettingsError } from "../../training/errors.js";
import type { Flags } from "../train/run.js";

/** What decides the result of a run, apart from the data, which are always MNIST's. */
export type Identity = Omit<Flags, "threads" | "dataDir" | "dataset" | "cacheDir" | "mirror">;

/** A finished run. Accuracies are parts of 1, one for each epoch. */
export interface Run {
  readonly settings: Identity;
  readonly dataset: string;
  /** Empty if no images are kept for validation. */
  readonly validation: readonly number[];
  readonly test: readonly number[];
  /** Wall time of all epochs, evaluation included. */
  readonly seconds: number;
  readonly weightsSha256: string;
  readonly made?: Made;
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

export function identityOf(flags: Flags): Identity {
  const { threads, dataDir, dataset, cacheDir, mirror, ...settings } = flags;
  return settings;
}

export interface RunRecord {
  find(settings: Identity): Run | undefined;
  /** All runs that differ from one with these settings in the seed alone, each seed once, in order. */
  withAnySeed(settings: Identity): Run[];
  add(run: Run): void;
}

/**
 * The runs that a file has, to which others are added as they end; without a file they are only
 * remembered. Throws a SettingsError if the file cannot be read and written, or holds something else.
 */
export function openRecord(path: string | undefined): RunRecord {
  const runs = path === undefined ? [] : readRuns(path);
  const find = (settings: Identity) =>
    runs.findLast((run) => run.dataset === DATASET && isDeepStrictEqual(run.settings, settings));
  return {
    find,
    withAnySeed(settings) {
      const seeds = [...new Set(runs.map((run) => run.settings.seed))].sort((a, b) => a - b);
      return seeds.flatMap((seed) => find({ ...settings, seed }) ?? []);
    },
    add(run) {
      runs.push(run);
      if (path !== undefined) appendFileSync(path, `${JSON.stringify(run)}\n`);
    },
  };
}

/** How each line begins. */
const BEGINNING = '{"settings":';

function readRuns(path: string): Run[] {
  const text = contentOf(path);
  const lines = text.split("\n");
  const unfinished = lines.pop() as string;
  const runs = lines.map((line, i) => readRun(line) ?? refuse(`${path}, line ${i + 1}`));
  if (unfinished !== "") {
    // The program was ended while it wrote this line: that run is to be done again.
    if (!unfinished.startsWith(BEGINNING)) refuse(`${path}, line ${lines.length + 1}`);
    truncateSync(path, Buffer.byteLength(text) - Buffer.byteLength(unfinished));
  }
  return runs;
}

function contentOf(path: string): string {
  try {
    appendFileSync(path, "");
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SettingsError(`cannot use ${path} as a record: ${systemReason(error)}`);
  }
}

function readRun(line: string): Run | undefined {
  if (!line.startsWith(BEGINNING)) return undefined;
  try {
    return JSON.parse(line) as Run;
  } catch {
    return undefined;
  }
}

function refuse(place: string): never {
  throw new SettingsError(`${place} is no run that train-mnist reproduce has recorded`);
}
