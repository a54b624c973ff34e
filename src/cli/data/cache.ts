/** What `train-mnist data` does with the cache: list, fetch, verify, path, clear. */
import { readdir } from "node:fs/promises";
import { DataError } from "../../data/errors.js";
import {
  type CatalogueEntry,
  catalogue,
  catalogueEntry,
  clear as clearDirectory,
  datasetDirectory,
  type FileState,
  glance,
  inspect,
} from "../../data/remote/index.js";
import { attemptToRead } from "../../files/attempt.js";
import { ifThere } from "../../files/if-there.js";
import { fetchDataset } from "../dataset/fetch.js";
import { cacheFolder, dataFolder } from "../dataset/places.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { untilInterrupted } from "../interruption.js";
import { bytes as inBytes } from "../terminal/format.js";
import { quoted } from "../terminal/quoted.js";
import { visible } from "../terminal/visible.js";
import { columnsOf, padEnd } from "../terminal/width.js";
import { writeLines } from "../terminal/wrapped.js";

export interface CacheFlags {
  readonly cacheDir?: string;
}

export interface FetchFlags extends CacheFlags {
  readonly mirror?: string;
}

/** One line for each data set of the catalogue: what of it is there, and what it is. */
export async function list(flags: CacheFlags): Promise<ExitCode> {
  const root = await readableCache(flags);
  const rows = await Promise.all(
    catalogue.map(async (entry) => {
      const directory = datasetDirectory(root, entry);
      const states = await Promise.all(entry.files.map((file) => glance(directory, file)));
      return [entry.name, inShort(states), `${entry.description} (${entry.licence})`];
    }),
  );
  writeLines(process.stdout, ...rows.map((row) => aligned(row, rows)));
  writeLines(process.stderr, `cache: ${visible(root)}`);
  const folder = dataFolder({});
  if (folder !== undefined) {
    writeLines(process.stderr, `runs use the data in TRAIN_MNIST_DATA: ${visible(folder)}`);
  }
  return exitCodes.success;
}

export function fetch(name: string, flags: FetchFlags): Promise<ExitCode> {
  return untilInterrupted(async (signal) => {
    const directory = await fetchDataset(entryNamed(name), flags, signal);
    print(directory);
    return exitCodes.success;
  });
}

/** One line for each file; without a name, for those data sets of which there is anything. */
export async function verify(name: string | undefined, flags: CacheFlags): Promise<ExitCode> {
  const root = await readableCache(flags);
  let [right, found] = [true, false];
  for (const entry of entriesNamed(name)) {
    const directory = datasetDirectory(root, entry);
    const states: FileState[] = [];
    for (const file of entry.files) states.push(await inspect(directory, file));
    if (name === undefined && states.every(({ is }) => is === "absent")) continue;
    found = true;
    for (const [i, state] of states.entries()) {
      const verdict = state.is === "wrong" ? state.how : state.is;
      print(`${entry.name}/${entry.files[i]?.name}  ${verdict}`);
    }
    if (states.some(({ is }) => is !== "right")) {
      right = false;
      const where = flags.cacheDir === undefined ? "" : ` --cache-dir ${quoted(flags.cacheDir)}`;
      process.stderr.write(
        `train-mnist: ${entry.name} is not whole; train-mnist data fetch ${entry.name}${where} mends it\n`,
      );
    }
  }
  if (!found) process.stderr.write(`nothing has been fetched to ${visible(root)}\n`);
  return right ? exitCodes.success : exitCodes.failure;
}

export function path(name: string | undefined, flags: CacheFlags): ExitCode {
  const root = cacheFolder(flags);
  print(name === undefined ? root : datasetDirectory(root, entryNamed(name)));
  return exitCodes.success;
}

export async function clear(name: string | undefined, flags: CacheFlags): Promise<ExitCode> {
  const root = cacheFolder(flags);
  for (const entry of entriesNamed(name)) {
    const removed = await clearDirectory(datasetDirectory(root, entry), entry);
    if (removed) process.stderr.write(`removed ${entry.name}\n`);
    else if (name !== undefined) process.stderr.write(`${entry.name} is not in the cache\n`);
  }
  return exitCodes.success;
}

/** The folder of the cache, which need not be there yet. Throws a {@link DataError} if it cannot be read. */
async function readableCache(flags: CacheFlags): Promise<string> {
  const root = cacheFolder(flags);
  await attemptToRead(
    () => ifThere(() => readdir(root)),
    (reason, options) => new DataError(`Cannot read the cache ${root}: ${reason}.`, options),
  );
  return root;
}

function inShort(states: readonly FileState[]): string {
  const present = states.filter(({ is }) => is !== "absent");
  if (present.length === 0) return "not fetched";
  const right = states.filter((state) => state.is === "right");
  if (right.length < states.length) return `${right.length} of ${states.length} files`;
  return inBytes(right.reduce((sum, state) => sum + state.bytes, 0));
}

function entriesNamed(name: string | undefined): readonly CatalogueEntry[] {
  return name === undefined ? catalogue : [entryNamed(name)];
}

/** The name has been checked against the catalogue when the command line was read. */
function entryNamed(name: string): CatalogueEntry {
  return catalogueEntry(name) as CatalogueEntry;
}

/** A row whose columns, but for the last, are as wide as the widest of all rows. */
function aligned(row: readonly string[], rows: readonly (readonly string[])[]): string {
  return row
    .map((cell, i) => {
      const width = Math.max(...rows.map((each) => columnsOf(each[i] ?? "")));
      return i < row.length - 1 ? padEnd(cell, width) : cell;
    })
    .join("  ");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
