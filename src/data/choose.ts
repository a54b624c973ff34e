/** Which data set a run gets: the real one where it can be had, else the embedded digits. */
import { splitNames } from "./collections.js";
import type { Dataset } from "./dataset.js";
import { loadDirectory, testedOn } from "./disk/directory.js";
import { loadEmbedded } from "./disk/embedded.js";
import { DataError } from "./errors.js";
import { type CatalogueEntry, catalogueEntry } from "./remote/catalogue.js";

export interface DatasetRequest {
  /**
   * A data set of the catalogue, `generated`, or one of several in a folder; by default MNIST, or else the
   * embedded digits.
   */
  readonly name?: string | undefined;
  /** A folder of IDX files, which is taken instead. */
  readonly directory?: string | undefined;
  /** A folder of IDX files whose test images take the place of the data set's own. */
  readonly testDirectory?: string | undefined;
  /** Makes sure that the cache has a data set, and gives its folder. */
  readonly fetch: (entry: CatalogueEntry) => Promise<string>;
}

export interface ChosenDataset {
  readonly dataset: Dataset;
  /** Why MNIST could not be had, if these are the embedded digits for that reason. */
  readonly reason?: DataError;
}

/** Throws a {@link DataError} if what was asked for by name or folder cannot be had, or is malformed. */
export async function chooseDataset(request: DatasetRequest): Promise<ChosenDataset> {
  const { testDirectory } = request;
  const chosen = await choose(request);
  if (testDirectory === undefined) return chosen;
  return { ...chosen, dataset: await testedOn(chosen.dataset, testDirectory) };
}

async function choose({ name, directory, fetch }: DatasetRequest): Promise<ChosenDataset> {
  const isSplit = name !== undefined && splitNames.includes(name);
  if (directory !== undefined) {
    return { dataset: await loadDirectory(directory, undefined, isSplit ? name : undefined) };
  }
  if (isSplit) {
    throw new DataError(`${name} is not downloaded`, {
      advice: [{ words: "say which folder has its files", remedy: "other folder" }],
    });
  }
  if (name === "generated") return { dataset: await loadEmbedded() };
  const entry = catalogueEntry(name ?? "mnist");
  if (entry === undefined) throw new DataError(`There is no data set ${name} in the catalogue.`);
  try {
    return { dataset: await loadDirectory(await fetch(entry), entry.name) };
  } catch (error) {
    if (name !== undefined || !(error instanceof DataError)) throw error;
    return { dataset: await loadEmbedded(), reason: error };
  }
}
