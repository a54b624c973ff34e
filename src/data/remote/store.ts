/** Putting a file in its place when it is whole and right, and not before. */
import { join } from "node:path";
import { makeDirectory } from "../../files/directory.js";
import { remedyAmong, systemReason } from "../../files/reason.js";
import { replaceFile } from "../../files/replace.js";
import { DataError } from "../errors.js";
import type { CatalogueFile } from "./catalogue.js";
import { checked, unpacked } from "./content.js";

/**
 * Stores a file, packed with gzip or not as it may come, in the first of its forms. Nothing of it is
 * left if the bytes are wrong or end in an error.
 *
 * @throws {WrongContentError} if the bytes are not those of the file
 * @throws {DataError} if the directory cannot be written, or is full
 * @throws what `source` throws
 */
export async function store(
  source: AsyncIterable<Uint8Array>,
  file: CatalogueFile,
  directory: string,
): Promise<void> {
  const [form] = file.forms;
  const content = checked(form.suffix === "" ? unpacked(source) : source, file, form);
  let failure: unknown;
  const pieces = noting(content, (error) => {
    failure = error;
  });
  try {
    await makeDirectory(directory);
    await replaceFile(join(directory, file.name + form.suffix), pieces);
  } catch (error) {
    throw error === failure ? error : cannotWrite(directory, error);
  }
}

/** The same pieces; an error that ends them is told, to be known among those of writing. */
async function* noting<T>(
  pieces: AsyncIterable<T>,
  note: (error: unknown) => void,
): AsyncGenerator<T> {
  try {
    yield* pieces;
  } catch (error) {
    note(error);
    throw error;
  }
}

function cannotWrite(directory: string, error: unknown): DataError {
  const remedy = remedyAmong(error, REMEDIES);
  return new DataError(
    `Cannot write into the cache directory ${directory} (${systemReason(error)})`,
    {
      cause: error,
      advice: [
        ...(remedy === undefined ? [] : [{ words: remedy }]),
        { words: "choose another", remedy: "other cache" },
      ],
    },
  );
}

const REMEDIES = {
  full: "make room there",
  "too large": "raise the limit on the size of files (ulimit -f)",
  closed: "make it writable",
  broken: "see whether the disk is sound",
};
