/**
 * Writing a file so that whoever opens it finds all of what was there before or all of what is there
 * now, whenever the writer is killed and whatever fails.
 */

import { constants, type Stats } from "node:fs";
import { access, type FileHandle, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { expectText } from "../given.js";
import { renameFile } from "./rename.js";
import { type Target, targetOf } from "./target.js";
import { newTemporary, removeStale } from "./temporary.js";

/**
 * Writes the pieces, one after the other, to a temporary file in the same directory, makes sure that
 * they are on the disk, and then gives that file the name. A symbolic link stays, and what it points
 * to is replaced. The permissions stay, and the owner where the system lets that be. Of several that
 * write the same file at once, each succeeds, and the last one stays.
 *
 * @throws what the system says if that fails, or if the path is of something else than a file, or what
 *   the pieces throw; all is then what it was
 */
export async function replaceFile(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  expectText("the path", path);
  const target = await targetOf(path);
  await withTemporary(target, async (temporary, handle) => {
    const { mtimeMs: now } = await handle.stat();
    await removeStale(target.path, now);
    for await (const piece of pieces) await handle.appendFile(piece);
    await handle.sync();
    await handle.close();
    await renameFile(temporary, target.path);
  });
  await synchroniseDirectory(dirname(target.path));
}

/**
 * Throws what the system says if `replaceFile` cannot write there, or if the file that is there may not
 * be written to. Changes nothing.
 */
export async function tryToReplace(path: string): Promise<void> {
  const target = await targetOf(path);
  if (target.before !== undefined) await access(target.path, constants.W_OK);
  await withTemporary(target, async () => {});
}

/** The temporary file is gone afterwards, unless it has got another name. */
async function withTemporary(
  { path, before }: Target,
  use: (temporary: string, handle: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = newTemporary(path);
  const handle = await open(temporary, "wx", before === undefined ? 0o666 : 0o600);
  try {
    if (before !== undefined) await keepAccess(handle, before);
    await use(temporary, handle);
  } finally {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** Gives a file the owner, the group and the permissions of another, as far as the system lets that be. */
async function keepAccess(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== uid) await handle.chown(uid, gid).catch(() => {});
  else if (own.gid !== gid) await handle.chown(own.uid, gid).catch(() => {});
  await handle.chmod(mode & 0o777).catch(() => {});
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
