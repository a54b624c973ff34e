/** Where downloaded data sets are kept, `<cache>/<data set>/<file>`, and what is there. */

import { createReadStream } from "node:fs";
import { rm, rmdir, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { counted } from "../../counted.js";
import { attempt } from "../../files/attempt.js";
import { whyNotRead } from "../../files/reason.js";
import { temporariesOf } from "../../files/temporary.js";
import { expectObject, expectText } from "../../given.js";
import { DataError } from "../errors.js";
import type { CatalogueEntry, CatalogueFile, StoredForm } from "./catalogue.js";
import { checked, WrongContentError } from "./content.js";

/**
 * The directory of the cache by the conventions of the platform; within that for temporary files where
 * the user has no home, as may be in a container.
 */
export function cacheRoot(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME = "" } = process.env;
  switch (process.platform) {
    case "win32":
      return join(LOCALAPPDATA || inHome("AppData", "Local"), NAME, "Cache");
    case "darwin":
      return join(inHome("Library", "Caches"), NAME);
    default:
      // XDG Base Directory Specification 0.8: relative paths there are to be ignored.
      return join(isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : inHome(".cache"), NAME);
  }
}

const NAME = "train-mnist";

function inHome(...names: readonly string[]): string {
  try {
    const home = homedir();
    if (isAbsolute(home)) return join(home, ...names);
  } catch {
    // No variable names it, and the system does not know the user.
  }
  return tmpdir();
}

/** The directory of a data set within the cache. */
export function datasetDirectory(root: string, entry: Pick<CatalogueEntry, "name">): string {
  expectText("datasetDirectory: the root", root);
  expectObject("datasetDirectory: the entry", entry, "an object, { name }");
  expectText("datasetDirectory: the name", entry.name);
  return join(root, entry.name);
}

export type FileState =
  | { readonly is: "absent" }
  | { readonly is: "right"; readonly bytes: number }
  /** `how` is the end of a sentence about the file. */
  | { readonly is: "wrong"; readonly path: string; readonly how: string };

/** Tells by name and length what is there of a file, which costs next to nothing. */
export async function glance(directory: string, file: CatalogueFile): Promise<FileState> {
  const found = await find(directory, file);
  if (found === undefined) return { is: "absent" };
  const { path, form, bytes } = found;
  if (form.bytes === undefined || bytes === form.bytes) return { is: "right", bytes };
  return { is: "wrong", path, how: `has ${counted(bytes, "byte")} instead of ${form.bytes}` };
}

/**
 * Reads what is there of a file, and compares it with the catalogue.
 *
 * @throws {DataError} if it cannot be read
 */
export async function inspect(directory: string, file: CatalogueFile): Promise<FileState> {
  const found = await find(directory, file);
  if (found === undefined) return { is: "absent" };
  const { path, form, bytes } = found;
  try {
    const content = createReadStream(path, { highWaterMark: 2 ** 20 });
    for await (const _ of checked(content, file, form));
    return { is: "right", bytes };
  } catch (error) {
    if (error instanceof WrongContentError) return { is: "wrong", path, how: error.message };
    throw new DataError(`Cannot read ${path}: ${whyNotRead(error)}.`, { cause: error });
  }
}

/**
 * Removes the files of a data set, finished or not, and its directory if that is then empty.
 * Files of other names stay: the directory may be one that the user has other things in.
 *
 * @returns whether there was anything to remove
 * @throws {DataError} if a file cannot be removed
 */
export async function clear(directory: string, { files }: CatalogueEntry): Promise<boolean> {
  const paths = files.flatMap(({ name, forms }) =>
    forms.map(({ suffix }) => join(directory, name + suffix)),
  );
  let removed = false;
  const remove = async () => {
    const unfinished = (await Promise.all(paths.map(temporariesOf))).flat();
    for (const path of [...paths, ...unfinished.map((temporary) => temporary.path)]) {
      if ((await lengthOf(path)) === undefined) continue;
      await rm(path);
      removed = true;
    }
  };
  await attempt(
    remove,
    (reason, options) => new DataError(`Cannot clear ${directory}: ${reason}.`, options),
  );
  if (removed) await rmdir(directory).catch(() => {});
  return removed;
}

async function find(
  directory: string,
  { name, forms }: CatalogueFile,
): Promise<{ path: string; form: StoredForm; bytes: number } | undefined> {
  for (const form of forms) {
    const path = join(directory, name + form.suffix);
    const bytes = await lengthOf(path);
    if (bytes !== undefined) return { path, form, bytes };
  }
  return undefined;
}

/** The length of a file; undefined if there is none. */
async function lengthOf(path: string): Promise<number | undefined> {
  const status = await stat(path).catch(() => undefined);
  return status?.isFile() ? status.size : undefined;
}
