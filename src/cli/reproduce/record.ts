/**
 * The finished runs, and committees of them, kept as lines of JSON, so that an interrupted reproduction can be
 * resumed.
 */
import { appendFileSync, readFileSync, statSync, truncateSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { DataError } from "../../data/errors.js";
import { attemptToRead, attemptToWrite } from "../../files/attempt.js";
import { NotRegular } from "../../files/regular.js";
import { tryToReplace } from "../../files/replace.js";
import { UsageError } from "../errors/kinds.js";
import {
  type Committee,
  complete,
  DATASET,
  isOfSeveral,
  type Run,
  type RunSettings,
  withoutSeed,
} from "./entry.js";
import { entryIn, isBeginning } from "./lines.js";

export interface RunRecord {
  find(settings: Partial<RunSettings>): Run | undefined;
  /** All runs that differ from one with these settings in the seed alone, each seed once, in order. */
  withAnySeed(settings: Partial<RunSettings>): Run[];
  /** All committees of such runs, as the record has these now, each list of seeds once. */
  committees(settings: Partial<RunSettings>): Committee[];
  /** Throws a DataError if the file cannot take it; the record has it all the same. */
  add(entry: Run | Committee): void;
}

/**
 * The runs that a file has, to which others are added as they end, the first of which makes the file; without a
 * path they are only remembered. Throws a UsageError if the file cannot be read and written, or holds something else.
 *
 * @param only whether the file is only to be read, and must be there
 */
export async function openRecord(path: string | undefined, only?: "read"): Promise<RunRecord> {
  const entries = path === undefined ? [] : await readEntries(path, only === "read");
  const committees = entries.filter(isOfSeveral);
  const runs = entries.filter((entry): entry is Run => !isOfSeveral(entry));
  const completed = new Map(runs.map((run) => [run, complete(run.settings)]));
  const find = (settings: Partial<RunSettings>) => {
    const wanted = complete(settings);
    return runs.findLast(
      (run) => run.dataset === DATASET && isDeepStrictEqual(completed.get(run), wanted),
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
        completed.set(entry, complete(entry.settings));
      }
      if (path !== undefined) append(path, entry);
    },
  };
}

function append(path: string, entry: Run | Committee): void {
  const write = () => {
    const before = readFileSync(path, { encoding: "utf8", flag: "a+" });
    // An editor may have removed the last line end, or another process was ended while it wrote a line.
    const end = before === "" || before.endsWith("\n") ? "" : "\n";
    appendFileSync(path, `${end}${JSON.stringify(entry)}\n`);
  };
  attemptToWrite(
    write,
    (reason, options) => new DataError(`cannot add a line to ${path}: ${reason}`, options),
  );
}

async function readEntries(path: string, isOnlyRead: boolean): Promise<(Run | Committee)[]> {
  const bytes = await contentOf(path, isOnlyRead);
  const lines = bytes.toString("utf8").split("\n");
  const last = lines.pop() as string;
  // The program was ended while it wrote this line: that run is to be done again.
  const isCut = isBeginning(last);
  if (last !== "" && !isCut) lines.push(last);
  const entries = lines.map((line, i) => entryIn(line) ?? refuse(`${path}, line ${i + 1}`));
  if (isCut && !isOnlyRead) truncateSync(path, bytes.lastIndexOf("\n") + 1);
  return entries;
}

/** Nothing if there is no file yet, but one can be made. */
function contentOf(path: string, isOnlyRead: boolean): Promise<Buffer> {
  const read = async () => {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isFile() === false) throw new NotRegular("it is not a regular file");
    if (status === undefined && !isOnlyRead) {
      await tryToReplace(path);
      return Buffer.alloc(0);
    }
    if (!isOnlyRead) appendFileSync(path, "");
    return readFileSync(path);
  };
  return (isOnlyRead ? attemptToRead : attemptToWrite)(
    read,
    (reason, options) => new UsageError(`cannot use ${path} as a record: ${reason}`, options),
  );
}

function refuse(place: string): never {
  throw new UsageError(
    `${place} was not written by train-mnist reproduce: remove that line, or name another --record`,
  );
}
