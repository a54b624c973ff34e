/** Where data is on this machine: what a flag names, or else a variable of the environment. */
import { splitNames } from "../../data/collections.js";
import { cacheRoot } from "../../data/remote/cache.js";

export interface PlaceFlags {
  readonly dataset?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly cacheDir?: string | undefined;
}

/**
 * The folder of IDX files, if one is named. A data set that a flag names goes before the variable, unless it
 * is one that a folder has.
 */
export function dataFolder({ dataset, dataDir }: PlaceFlags): string | undefined {
  const { TRAIN_MNIST_DATA: variable } = process.env;
  const isInFolder = dataset === undefined || splitNames.includes(dataset);
  return dataDir ?? (isInFolder ? variable || undefined : undefined);
}

/** Why no data set is fetched, nor looked for in the cache, if that is so whatever there is. */
export function whyNotFetched(flags: PlaceFlags): string | undefined {
  const { dataset, dataDir } = flags;
  const folder = dataFolder(flags);
  const said =
    (dataDir !== undefined && `--data-dir ${dataDir}`) ||
    (folder !== undefined && `TRAIN_MNIST_DATA=${folder}`) ||
    (dataset === "generated" && "--dataset generated");
  return said ? `with ${said}, nothing is fetched` : undefined;
}

/** The folder with all data sets that have been fetched. */
export function cacheFolder({ cacheDir }: PlaceFlags): string {
  const { TRAIN_MNIST_CACHE: variable } = process.env;
  return cacheDir || variable || cacheRoot();
}
