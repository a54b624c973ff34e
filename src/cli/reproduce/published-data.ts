/** The published figures are of MNIST: runs on other images would say nothing about them. */
import { resolve } from "node:path";
import { identityOf } from "../../checkpoints/index.js";
import { loadDirectory } from "../../data/disk/directory.js";
import { UsageError } from "../errors/kinds.js";
import { DATASET } from "./entry.js";

/** The digest of all images and labels of MNIST, training and test, as checkpoints have it. */
const MNIST = "e16dabe9fcc4751d5eb9346f2af124188869149d40eb601a6d3570c9e9af524c";

/** How many images each published accuracy is of, be they for validation or to test on. */
export const IMAGES = 10_000;

/**
 * The flags that name the data of a run: a folder, whose files must be MNIST's, or MNIST as it is
 * fetched, which is verified anyway. Throws a UsageError for other files.
 */
export async function publishedData(
  folder: string | undefined,
): Promise<{ readonly dataDir: string } | { readonly dataset: string }> {
  if (!folder) return { dataset: DATASET };
  if (identityOf(await loadDirectory(folder)).sha256 === MNIST) return { dataDir: folder };
  throw new UsageError(
    `${resolve(folder)} does not hold MNIST, of which the published figures are: name its folder by --data-dir or TRAIN_MNIST_DATA, or none to have it fetched`,
  );
}
