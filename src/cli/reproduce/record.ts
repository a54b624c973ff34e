/**
 * The finished runs, and committees of them, kept as lines of JSON, so that an interrupted reproduction can be
 * resumed.
 */
import { appendFileSync, readFileSync, statSync, truncateSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { DataError } from "../../data/errors.js";
import { systemReason } from "../../files/reason.js";
import { NotRegular } from "../../files/regular.js";
import { impossibleIn } from "../../training/settings/compatibility.js";
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import { UsageError } from "../errors/kinds.js";
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

export interface RunRecord {
  find(settings: Partial<Identity>): Run | undefined;
  /** All runs that differ from one with these settings in the seed alone, each seed once, in order. */
  withAnySeed(settings: Partial<Identity>): Run[];
  /** All committees of such runs, as the record has these now, each list of seeds once. */
  committees(settings: Partial<Identity>): Committee[];
  /** Throws a DataError if the file cannot take it; the record has it all the same. */
  add(entry: Run | Committee): void;
}

/**
 * The runs that a file has, to which others are added as they end; without a file they are only
 * remembered. Throws a UsageError if the file cannot be read and written, or holds something else.
 *
 * @param only whether the file is only to be read, and must be there
 */
export function openRecord(path: string | undefined, only?: "read"): RunRecord {
  const entries = path === undefined ? [] : readEntries(path, only === "read");
  const committees = entries.filter(isOfSeveral);
  const runs = entries.filter((entry): entry is Run => !isOfSeveral(entry));
  const identities = new Map(runs.map((run) => [run, complete(run.settings)]));
  const find = (settings: Partial<Identity>) => {
    const wanted = complete(settings);
    return runs.findLast(
      (run) => run.dataset === DATASET && isDeepStrictEqual(identities.get(run), wanted),
    );
  };
  return {
    find,
    withAnySeed(settings) {
      const seeds = [...new Set(runs.map((run) => run.settings.seed))].sort((a, b) => a - b);
      return seeds.flatMap((seed) => find({ ...settings, seed }) ?? []);
    },
    committees(settings) {
      const wanted = withoutSeed(settings);
      const found = committees.filter(
        ({ dataset, settings, seeds, weightsSha256 }) =>
          dataset === DATASET &&
          isDeepStrictEqual(withoutSeed(settings), wanted) &&
          seeds.every((seed, i) => {
            return find({ ...settings, seed })?.weightsSha256 === weightsSha256[i];
          }),
      );
      return [...new Map(found.map((each) => [each.seeds.join(), each])).values()];
    },
    add(entry) {
      if (isOfSeveral(entry)) committees.push(entry);
      else {
        runs.push(entry);
        identities.set(entry, complete(entry.settings));
      }
      if (path !== undefined) append(path, entry);
    },
  };
}

function isOfSeveral(entry: Run | Committee): entry is Committee {
  return "seeds" in entry;
}

/** What runs share that differ in the seed alone. */
export function withoutSeed(settings: Partial<Identity>): Omit<Identity, "seed"> {
  const { seed, ...others } = complete(settings);
  return others;
}

/** How each line begins. */
const BEGINNING = '{"settings":';

function append(path: string, entry: Run | Committee): void {
  try {
    appendFileSync(path, `${JSON.stringify(entry)}\n`);
  } catch (error) {
    throw new DataError(`cannot add a line to ${path}: ${systemReason(error)}`);
  }
}

function readEntries(path: string, isOnlyRead: boolean): (Run | Committee)[] {
  const text = contentOf(path, isOnlyRead);
  const lines = text.split("\n");
  const unfinished = lines.pop() as string;
  const entries = lines.map((line, i) => readEntry(line) ?? refuse(`${path}, line ${i + 1}`));
  if (unfinished !== "") {
    // The program was ended while it wrote this line: that run is to be done again.
    if (!unfinished.startsWith(BEGINNING)) refuse(`${path}, line ${lines.length + 1}`);
    if (!isOnlyRead) truncateSync(path, Buffer.byteLength(text) - Buffer.byteLength(unfinished));
  }
  return entries;
}

function contentOf(path: string, isOnlyRead: boolean): string {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isFile() === false) throw new NotRegular("it is not a regular file");
    if (!isOnlyRead) appendFileSync(path, "");
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`cannot use ${path} as a record: ${systemReason(error)}`);
  }
}

function readEntry(line: string): Run | Committee | undefined {
  if (!line.startsWith(BEGINNING)) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    return isRun(entry) || isCommittee(entry) ? entry : undefined;
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

function refuse(place: string): never {
  throw new UsageError(
    `${place} was not written by train-mnist reproduce: remove that line, or name another --record`,
  );
}
