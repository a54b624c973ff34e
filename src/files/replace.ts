/**
 * Writing a file so that whoever opens it finds all of what was there before or all of what is there
 * now, whenever the writer is killed and whatever fails.
 */
import { type FileHandle, open, realpath, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { expectRegularFile } from "./regular.js";
import { renameFile } from "./rename.js";
import { newTemporary, removeStale } from "./temporary.js";

/**
 * Writes the pieces, one after the other, to a temporary file in the same directory, makes sure that
 * they are on the disk, and then gives that file the name. A symbolic link stays, and what it points
 * to is replaced. Of several that write the same file at once, each succeeds, and the last one stays.
 *
 * @throws what the system says if that fails, or if the path is of something else than a file, or what
 *   the pieces throw; all is then what it was
 */
export async function replaceFile(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const target = await targetOf(path);
  await withTemporary(target, async (temporary, handle) => {
    const { mtimeMs: now } = await handle.stat();
    await removeStale(target, now);
    for await (const piece of pieces) await handle.appendFile(piece);
    await handle.sync();
    await handle.close();
    await renameFile(temporary, target);
  });
  await synchroniseDirectory(dirname(target));
}

/** Throws what the system says if `replaceFile` cannot write there. Changes nothing. */
export async function tryToReplace(path: string): Promise<void> {
  await withTemporary(await targetOf(path), async () => {});
}

/** Where symbolic links lead to, if there is a file yet. */
async function targetOf(path: string): Promise<string> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined) return path;
  await expectRegularFile(target);
  return target;
}

/** The temporary file is gone afterwards, unless it has got another name. */
async function withTemporary(
  target: string,
  use: (temporary: string, handle: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = newTemporary(target);
  const handle = await open(temporary, "wx");
  try {
    await use(temporary, handle);
  } finally {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** What file systems say that cannot synchronise a directory, or if it may be written but not read. */
const UNABLE = ["EACCES", "EINVAL", "EISDIR", "ENOTSUP", "EPERM"];

/** After this a name survives a loss of power, too; Windows has no such call, and no need of it. */
async function synchroniseDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  try {
    const handle = await open(directory, "r");
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!UNABLE.includes(String((error as NodeJS.ErrnoException).code))) throw error;
  }
}
