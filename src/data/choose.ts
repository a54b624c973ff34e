/** Which data set a run gets: the real one where it can be had, else the embedded digits. */
import { type Dataset, loadDirectory, testedOn } from "./dataset.js";
import { loadEmbedded } from "./embedded.js";
import { DataError } from "./errors.js";
import { type CatalogueEntry, catalogueEntry } from "./remote/index.js";

export interface DatasetRequest {
  /** A data set of the catalogue, or `generated`; without a name, MNIST or else the embedded digits. */
  readonly name?: string | undefined;
  /** A folder of IDX files. Without it and without a name, the one that TRAIN_MNIST_DATA names. */
  readonly directory?: string | undefined;
  /** A folder of IDX files whose test images take the place of the data set's own. */
  readonly testDirectory?: string | undefined;
  /** Makes sure that the cache has a data set, and gives its folder. */
  readonly fetch: (entry: CatalogueEntry) => Promise<string>;
}

export interface ChosenDataset {
  readonly dataset: Dataset;
  /** Why it is not the real data set, though that was not ruled out, and how to get it. */
  readonly notice?: string;
}

/** Throws a {@link DataError} if what was asked for by name or folder cannot be had, or is malformed. */
export async function chooseDataset(
  request: DatasetRequest,
  env: NodeJS.ProcessEnv,
): Promise<ChosenDataset> {
  const { testDirectory } = request;
  const chosen = await choose(request, env);
  if (testDirectory === undefined) return chosen;
  return { ...chosen, dataset: await testedOn(chosen.dataset, testDirectory) };
}

async function choose(
  { name, directory, fetch }: DatasetRequest,
  { TRAIN_MNIST_DATA: variable }: NodeJS.ProcessEnv,
): Promise<ChosenDataset> {
  if (name === "generated") return { dataset: await loadEmbedded() };
  const folder = directory ?? (name === undefined ? variable || undefined : undefined);
  if (folder !== undefined) return { dataset: await loadDirectory(folder) };
  const entry = catalogueEntry(name ?? "mnist");
  if (entry === undefined) throw new DataError(`There is no data set ${name} in the catalogue.`);
  try {
    return { dataset: await loadDirectory(await fetch(entry), entry.name) };
  } catch (error) {
    if (name !== undefined || !(error instanceof DataError)) throw error;
    return {
      dataset: await loadEmbedded(),
      notice: `${error.message} Training on generated digits instead; for the real ones, run train-mnist data fetch, or say --data-dir <folder>.`,
    };
  }
}
