/** Which data set a run gets: the real one where it is found, else the embedded digits. */
import { type Dataset, loadDirectory } from "./dataset.js";
import { loadEmbedded } from "./embedded.js";
import { locateData, NoDataError } from "./locate.js";

/** The data sets that can be asked for by name. */
export const datasetNames = ["mnist", "generated"] as const;

export type DatasetName = (typeof datasetNames)[number];

export interface DatasetRequest {
  /** Asked for by name; without one, MNIST if it is found, else the embedded digits. */
  readonly name?: DatasetName | undefined;
  /** A folder of IDX files. */
  readonly directory?: string | undefined;
}

export interface ChosenDataset {
  readonly dataset: Dataset;
  /** Why it is not the real data set, though that was not ruled out, and how to get it. */
  readonly notice?: string;
}

/** Throws a DataError if what was asked for by name or folder is missing or malformed. */
export async function chooseDataset(
  { name, directory }: DatasetRequest,
  env: NodeJS.ProcessEnv,
): Promise<ChosenDataset> {
  if (name === "generated") return { dataset: await loadEmbedded() };
  try {
    const location = await locateData(directory, env);
    return { dataset: await loadDirectory(location.directory) };
  } catch (error) {
    if (name !== undefined || !(error instanceof NoDataError)) throw error;
    return {
      dataset: await loadEmbedded(),
      notice:
        "No MNIST files found: training on generated digits. For the real ones, say --data-dir <folder with the four MNIST files>.",
    };
  }
}
