/** Where the data set is: what the user said, or the cache directory. */
import { join } from "node:path";
import envPaths from "env-paths";
import { DataError } from "./errors.js";
import { findFiles } from "./files.js";

/** No data set is named, and the cache has none. */
export class NoDataError extends DataError {}

export interface DataLocation {
  readonly directory: string;
  readonly origin: "--data-dir" | "TRAIN_MNIST_DATA" | "cache";
}

/** The directory for MNIST in the user's cache, as the conventions of the platform have it. */
export function cacheDirectory(): string {
  return join(envPaths("train-mnist", { suffix: "" }).cache, "mnist");
}

/**
 * Decides which directory to load. A directory that the user names is taken as it is, so that what
 * is wrong with it is reported when it is loaded, rather than another one used in its place.
 *
 * @param option the value of `--data-dir`, if given; goes before `TRAIN_MNIST_DATA` in `env`
 * @param cache used last, and only if it has the four files
 * @throws {NoDataError} if the user names none and the cache has no data
 */
export async function locateData(
  option: string | undefined,
  env: NodeJS.ProcessEnv,
  cache = cacheDirectory(),
): Promise<DataLocation> {
  if (option !== undefined) return { directory: option, origin: "--data-dir" };
  const { TRAIN_MNIST_DATA: variable } = env;
  if (variable) return { directory: variable, origin: "TRAIN_MNIST_DATA" };
  try {
    await findFiles(cache);
  } catch (error) {
    throw new NoDataError(
      "No data set: say --data-dir <dir> or set TRAIN_MNIST_DATA to a folder with the four MNIST " +
        `files, or put them into ${cache}.`,
      { cause: error },
    );
  }
  return { directory: cache, origin: "cache" };
}
