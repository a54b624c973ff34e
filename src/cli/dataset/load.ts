/**
 * Where a command's images come from: the folder that is named, or else the data set that is named, or
 * MNIST, from the cache, into which it is fetched by commands that may; or else, where no data set was
 * named and MNIST cannot be had, the digits that come with the package.
 */

import { chooseDataset } from "../../data/choose.js";
import type { Dataset } from "../../data/dataset.js";
import { DataError } from "../../data/errors.js";
import { datasetDirectory, inspect } from "../../data/remote/cache.js";
import type { CatalogueEntry } from "../../data/remote/catalogue.js";
import { UsageError } from "../errors/kinds.js";
import { withRemedy } from "../errors/remedies.js";
import { visible } from "../terminal/visible.js";
import { writeLines } from "../terminal/wrapped.js";
import { cacheFolder, dataFolder, type PlaceFlags, whyNotFetched } from "./places.js";

export interface DataFlags extends PlaceFlags {
  /** Where the test images are, if they are those of another data set. */
  readonly testDir?: string | undefined;
  readonly mirror?: string | undefined;
}

/**
 * In milliseconds, for any mirror to send anything, where there are other digits to take instead: who
 * names neither data set nor mirror is not kept waiting.
 */
const PATIENCE_BY_DEFAULT = 10_000;

/**
 * The data set of a command that may fetch it. Messages go to stderr, those on progress only if wanted.
 * Throws the reason of the signal if that comes while it is being fetched.
 */
export function loadDataset(
  flags: DataFlags,
  quiet: boolean,
  signal: AbortSignal,
): Promise<Dataset> {
  const isNamed = (flags.dataset ?? flags.mirror) !== undefined;
  const patience = isNamed ? undefined : PATIENCE_BY_DEFAULT;
  return load(flags, async (entry) => {
    const { fetchDataset } = await import("./fetch.js");
    return fetchDataset(entry, { ...flags, patience, quiet }, signal);
  });
}

/** The data set of a command that only looks at one, and downloads nothing. */
export function loadLocally(flags: PlaceFlags): Promise<Dataset> {
  return load(flags, async (entry) => {
    const directory = datasetDirectory(cacheFolder(flags), entry);
    if (await isWhole(directory, entry)) return directory;
    const { name } = entry;
    throw new DataError(`${name} is not in the cache: say train-mnist data fetch ${name} first.`);
  });
}

/**
 * Throws a {@link UsageError} if a flag says how to fetch a data set, and none is fetched: for commands whose flags
 * come from the command line alone.
 */
export function expectFetching({ mirror, cacheDir, ...flags }: DataFlags): void {
  const idle = (mirror && "--mirror") ?? (cacheDir && "--cache-dir");
  const why = idle && whyNotFetched(flags);
  if (why) throw new UsageError(`${idle} has no effect: ${why}`);
}

async function load(
  flags: DataFlags,
  fetch: (entry: CatalogueEntry) => Promise<string>,
): Promise<Dataset> {
  const { dataset: name, testDir: testDirectory } = flags;
  const request = { name, directory: dataFolder(flags), testDirectory, fetch };
  const { dataset, reason } = await chooseDataset(request);
  if (reason) {
    const why = visible(withRemedy(reason));
    writeLines(process.stderr, `${why} Using generated digits instead.`);
  }
  return dataset;
}

async function isWhole(directory: string, { files }: CatalogueEntry): Promise<boolean> {
  for (const file of files) {
    if ((await inspect(directory, file)).is !== "right") return false;
  }
  return true;
}
