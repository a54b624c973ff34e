/**
 * Writing a file so that whoever opens it finds all of what was there before or all of what is there
 * now, whenever the writer is killed and whatever fails.
 */
import { randomBytes } from "node:crypto";
import { open, readdir, realpath, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { expectRegularFile } from "./regular.js";
import { replace } from "./rename.js";

/** How often to begin again where another machine has taken a temporary file for a stale one. */
const MOST_ATTEMPTS = 5;

/** The temporary files that this process is writing. */
const inUse = new Set<string>();

/**
 * Writes the pieces, one after the other, to a temporary file in the same directory, makes sure that
 * they are on the disk, and then gives that file the name. A symbolic link stays, and what it points
 * to is replaced. Temporary files that killed processes have left of the same file are removed.
 *
 * @throws what the system says if that fails, or if the path is of something else than a file; all is
 *   then what it was
 */
export async function replaceFile(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const target = await targetOf(path);
  await removeStale(target);
  for (let attempt = 1; ; attempt++) {
    try {
      await inTemporaryFile(target, pieces, (temporary) => replace(temporary, target));
      break;
    } catch (error) {
      const vanished = (error as NodeJS.ErrnoException).code === "ENOENT";
      if (!vanished || attempt === MOST_ATTEMPTS) throw error;
    }
  }
  await synchroniseDirectory(dirname(target));
}

/** Throws what the system says if `replaceFile` cannot write there. Changes nothing. */
export async function tryToReplace(path: string): Promise<void> {
  const target = await targetOf(path);
  await inTemporaryFile(target, [], async () => {});
}

/** Where symbolic links lead to, if there is a file yet. */
async function targetOf(path: string): Promise<string> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined) return path;
  await expectRegularFile(target);
  return target;
}

async function inTemporaryFile(
  target: string,
  pieces: readonly Uint8Array[],
  use: (temporary: string) => Promise<void>,
): Promise<void> {
  const unique = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const temporary = join(dirname(target), `.${basename(target)}.${unique}.part`);
  inUse.add(temporary);
  try {
    const handle = await open(temporary, "wx");
    try {
      for (const piece of pieces) await handle.appendFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await use(temporary);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
    inUse.delete(temporary);
  }
}

/** A temporary file is stale if its process is gone, or is this one and does not write it. */
async function removeStale(target: string): Promise<void> {
  const [directory, prefix] = [dirname(target), `.${basename(target)}.`];
  for (const name of await readdir(directory).catch(() => [])) {
    if (!name.startsWith(prefix)) continue;
    const [, pid] = /^(\d+)-[0-9a-f]{12}\.part$/.exec(name.slice(prefix.length)) ?? [];
    const path = join(directory, name);
    if (pid === undefined || inUse.has(path)) continue;
    if (Number(pid) !== process.pid && isRunning(Number(pid))) continue;
    await rm(path, { force: true }).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** After this a name survives a loss of power, too; Windows has no such call, and no need of it. */
async function synchroniseDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
