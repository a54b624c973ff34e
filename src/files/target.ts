/** Where a file is to be written, whose name may be that of a symbolic link. */
import type { Stats } from "node:fs";
import { readlink, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, sep } from "node:path";
import { ifThere } from "./if-there.js";
import { NotRegular, statRegularFile } from "./regular.js";

export interface Target {
  /** Without links. */
  readonly path: string;
  /** What is known of the file that is there; undefined if there is none yet. */
  readonly before: Stats | undefined;
}

/**
 * Follows links, even one to a file that is not there yet.
 *
 * @throws what the system says, or a {@link NotRegular} if there is something else than a file
 */
export async function targetOf(path: string): Promise<Target> {
  if (path.endsWith(sep) || path.endsWith("/")) {
    throw new NotRegular("it ends as the name of a folder does");
  }
  const target = await ifThere(() => realpath(path));
  if (target !== undefined) return { path: target, before: await statRegularFile(target) };
  // EINVAL is said of what is no link.
  const link = await ifThere(() => readlink(path), "EINVAL");
  const directory = await realpath(dirname(path));
  if (link === undefined) return { path: join(directory, basename(path)), before: undefined };
  return targetOf(isAbsolute(link) ? link : directory + sep + link);
}
