/** The data set of a command that only looks at one: what is there already, never a download. */
import { DataError, type Dataset, loadDirectory, loadEmbedded } from "../../data/index.js";
import {
  type CatalogueEntry,
  cacheRoot,
  catalogueEntry,
  datasetDirectory,
  inspect,
} from "../../data/remote/index.js";

export interface LocalFlags {
  readonly dataset?: string;
  readonly dataDir?: string;
  readonly cacheDir?: string;
}

/** What the flags name; else the user's folder, or MNIST from the cache, or the embedded digits. */
export async function loadLocally({ dataset, dataDir, cacheDir }: LocalFlags): Promise<Dataset> {
  const { env, stderr } = process;
  const { TRAIN_MNIST_DATA: variable } = env;
  if (dataset === "generated") return loadEmbedded();
  const directory = dataDir ?? (dataset === undefined ? variable : undefined);
  if (directory) return loadDirectory(directory);
  const name = dataset ?? "mnist";
  const cached = datasetDirectory(cacheRoot(cacheDir, env), { name });
  if (await isWhole(cached, catalogueEntry(name))) return loadDirectory(cached, name);
  if (dataset === undefined) {
    stderr.write("generated digits; for MNIST, say train-mnist data fetch first\n");
    return loadEmbedded();
  }
  throw new DataError(`${name} is not in the cache: say train-mnist data fetch ${name} first.`);
}

async function isWhole(directory: string, entry: CatalogueEntry | undefined): Promise<boolean> {
  for (const file of entry?.files ?? []) {
    if ((await inspect(directory, file)).is !== "right") return false;
  }
  return true;
}
