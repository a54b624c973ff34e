/** Putting a file in its place when it is whole and right, and not before. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { replace } from "../../files/rename.js";
import { DataError, systemReason } from "../errors.js";
import type { CatalogueFile } from "./catalogue.js";
import { checked, unpacked } from "./content.js";

const UNFINISHED = /^\..+\.[0-9a-f]{12}\.part$/;

/** In milliseconds; no download is silent for so long. */
const ABANDONED_AFTER = 3_600_000;

/**
 * Stores a file, packed with gzip or not as it may come, in the first of its forms. It is written
 * beside its place under a name of its own, so that two processes do not meet, and leaves nothing
 * behind if the bytes are wrong or end in an error.
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
  const name = file.name + form.suffix;
  const written = <T>(action: Promise<T>) => orCannotWrite(action, directory);
  await written(makeDirectory(directory));
  const temporary = join(directory, `.${name}.${randomBytes(6).toString("hex")}.part`);
  const handle = await written(open(temporary, "wx"));
  try {
    const content = form.suffix === "" ? unpacked(source) : source;
    for await (const piece of checked(content, file, form)) {
      await written(handle.appendFile(piece));
    }
    await written(handle.sync());
    await written(handle.close());
    await written(replace(temporary, join(directory, name)));
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** The names of unfinished files, such as a process leaves that is killed in mid-download. */
export async function unfinished(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => UNFINISHED.test(name));
}

/** Removes unfinished files that nobody has written to for an hour, as far as that is possible. */
export async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await unfinished(directory)) {
    const path = join(directory, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > ABANDONED_AFTER) await rm(path, { force: true }).catch(() => {});
  }
}

/** With its parents; Node's own way to do so calls a read-only file system a missing file. */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    await makeDirectory(dirname(path));
    await makeDirectory(path);
  }
}

async function orCannotWrite<T>(action: Promise<T>, directory: string): Promise<T> {
  try {
    return await action;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const full = code === "ENOSPC" || code === "EDQUOT";
    throw new DataError(
      `Cannot write into the cache directory ${directory}: ${systemReason(error)}; ` +
        `${full ? "make room there" : "make it writable"}, or choose another with --cache-dir <dir>.`,
      { cause: error },
    );
  }
}
