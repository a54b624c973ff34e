/** Where data is on this machine: what a flag names, or else a variable of the environment. */
import { cacheRoot } from "../../data/remote/index.js";

export interface PlaceFlags {
  readonly dataset?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly cacheDir?: string | undefined;
}

/** The folder of IDX files, if one is named; a data set that a flag names goes before the variable. */
export function dataFolder({ dataset, dataDir }: PlaceFlags): string | undefined {
  const { TRAIN_MNIST_DATA: variable } = process.env;
  return dataDir ?? (dataset === undefined ? variable || undefined : undefined);
}

/** The folder with all data sets that have been fetched. */
export function cacheFolder({ cacheDir }: PlaceFlags): string {
  const { TRAIN_MNIST_CACHE: variable } = process.env;
  return cacheDir || variable || cacheRoot();
}
