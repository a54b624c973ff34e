/** Finding the files of MNIST, under the names in use, in a directory. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { systemReason } from "../../files/reason.js";
import { DataError } from "../errors.js";

/** Training images or test images, each with their labels. */
export type Part = "train" | "test";

/** The two files of a part: their kinds, or their paths. */
export interface PartFiles {
  readonly images: string;
  readonly labels: string;
}

const KINDS: Readonly<Record<Part, PartFiles>> = {
  train: { images: "train-images idx3", labels: "train-labels idx1" },
  test: { images: "t10k-images idx3", labels: "t10k-labels idx1" },
};

/**
 * Finds the paths of the files of these parts, each named as on the original site
 * (`train-images-idx3-ubyte`) or as some archives unpack it (`train-images.idx3-ubyte`), with or without
 * `.gz`; what comes first in this order is taken. The files are not opened.
 *
 * @throws {DataError} if the directory cannot be read or lacks one of the files
 */
export async function findFiles<P extends Part>(
  directory: string,
  parts: readonly P[],
): Promise<Record<P, PartFiles>> {
  const entries = await list(directory);
  const kinds = parts.flatMap((part) => [KINDS[part].images, KINDS[part].labels]);
  const names = new Map(kinds.map((kind) => [kind, nameOf(kind, entries)]));
  const missing = kinds.filter((kind) => names.get(kind) === undefined);
  if (missing.length > 0) {
    throw new DataError(
      `${directory} lacks files of MNIST: looked for ` +
        `${missing.map((kind) => spellings(kind).join(" or ")).join(", ")}, with or without .gz.`,
    );
  }
  const path = (kind: string) => join(directory, names.get(kind) as string);
  return Object.fromEntries(
    parts.map((part) => {
      const { images, labels } = KINDS[part];
      return [part, { images: path(images), labels: path(labels) }];
    }),
  ) as Record<P, PartFiles>;
}

/** The name of the file of this kind, if there is one. */
function nameOf(kind: string, entries: readonly Dirent[]): string | undefined {
  const present = spellings(kind)
    .flatMap((name) => [name, `${name}.gz`])
    .flatMap((name) => entries.find((entry) => entry.name === name) ?? []);
  // Some archives hold a directory of the one spelling next to the file of the other.
  return (present.find((entry) => !entry.isDirectory()) ?? present[0])?.name;
}

function spellings(kind: string): string[] {
  return ["-", "."].map((mark) => `${kind.replace(" ", mark)}-ubyte`);
}

async function list(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    throw new DataError(`Cannot read the directory ${directory}: ${systemReason(error)}.`, {
      cause: error,
    });
  }
}
