/** Finding the four files of MNIST, under the names in use, in a directory. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError, systemReason } from "./errors.js";

/** The paths of the four files. */
export interface MnistFiles {
  readonly train: { readonly images: string; readonly labels: string };
  readonly test: { readonly images: string; readonly labels: string };
}

const KINDS = ["train-images idx3", "train-labels idx1", "t10k-images idx3", "t10k-labels idx1"];

/**
 * Finds the four files, each named as on the original site (`train-images-idx3-ubyte`) or as some
 * archives unpack it (`train-images.idx3-ubyte`), with or without `.gz`; what comes first in this
 * order is taken. The files are not opened.
 *
 * @throws {DataError} if the directory cannot be read or lacks one of the files
 */
export async function findFiles(directory: string): Promise<MnistFiles> {
  const entries = await list(directory);
  const directories = new Set(
    entries.filter((entry) => entry.isDirectory()).map(({ name }) => name),
  );
  const found = KINDS.map((kind) => {
    const present = spellings(kind)
      .flatMap((name) => [name, `${name}.gz`])
      .filter((name) => entries.some((entry) => entry.name === name));
    // Some archives hold a directory of the one spelling next to the file of the other.
    return present.find((name) => !directories.has(name)) ?? present[0];
  });
  const [trainImages, trainLabels, testImages, testLabels] = found;
  if (!trainImages || !trainLabels || !testImages || !testLabels) {
    const missing = KINDS.filter((_, i) => found[i] === undefined);
    throw new DataError(
      `${directory} lacks files of MNIST: looked for ` +
        `${missing.map((kind) => spellings(kind).join(" or ")).join(", ")}, with or without .gz.`,
    );
  }
  return {
    train: { images: join(directory, trainImages), labels: join(directory, trainLabels) },
    test: { images: join(directory, testImages), labels: join(directory, testLabels) },
  };
}

function spellings(kind: string): string[] {
  return ["-", "."].map((mark) => `${kind.replace(" ", mark)}-ubyte`);
}

async function list(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    throw new DataError(`Cannot read the directory ${directory}: ${systemReason(error)}.`, {
      cause: error,
    });
  }
}
