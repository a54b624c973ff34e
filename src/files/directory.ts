/** Making folders. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those that it is in, where they are not there yet. Node's own way to do so calls a
 * read-only file system a missing file, and never ends in /proc.
 *
 * @throws what the system says; ENOTDIR if it is a file
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    await makeDirectory(dirname(path));
    // Below a link that leads nowhere, or in /proc, the parent is there, and nothing can be made.
    await makeOne(path);
  }
}

/** It may be there already. */
async function makeOne(path: string): Promise<void> {
  await mkdir(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    // As the system says of a file on the way to a folder.
    if (!(await stat(path)).isDirectory()) throw Object.assign(error, { code: "ENOTDIR" });
  });
}
