/** The data of a training run: loaded, or fetched first, by the flags that name it. */
import { type CatalogueEntry, chooseDataset, type Dataset } from "../../data/index.js";

export interface DataFlags {
  readonly dataDir?: string | undefined;
  /** Where the test images are, if they are those of another data set. */
  readonly testDir?: string | undefined;
  readonly dataset?: string | undefined;
  readonly cacheDir?: string | undefined;
  readonly mirror?: string | undefined;
}

/**
 * Undefined if the signal came while the data was being fetched. Messages go to stderr, those on
 * progress only if wanted.
 */
export async function loadDataset(
  { dataDir, testDir, dataset: name, cacheDir, mirror }: DataFlags,
  quiet: boolean,
  signal: AbortSignal,
): Promise<Dataset | undefined> {
  const fetch = async (entry: CatalogueEntry) => {
    const { fetchDataset } = await import("./fetch.js");
    const directory = await fetchDataset(entry, { cacheDir, mirror, quiet }, signal);
    if (directory === undefined) throw new Stopped();
    return directory;
  };
  try {
    const { dataset, notice } = await chooseDataset(
      { name, directory: dataDir, testDirectory: testDir, fetch },
      process.env,
    );
    if (notice !== undefined) process.stderr.write(`${notice}\n`);
    return dataset;
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    throw error;
  }
}

/** The user stopped the run while it was still fetching its data. */
class Stopped extends Error {}
