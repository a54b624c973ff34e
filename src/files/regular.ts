/** Paths of files proper: a device or a pipe might never end, and is nothing to put a file in the place of. */
import { stat } from "node:fs/promises";

/** What the system might have said of a path at which there is something else than a file. */
export class NotRegular extends Error {
  readonly code = "NOT_REGULAR";
}

/** Throws a {@link NotRegular}, or what the system says if nothing can be found there. */
export async function expectRegularFile(path: string): Promise<void> {
  const status = await stat(path);
  if (status.isFile()) return;
  throw new NotRegular(`it is ${status.isDirectory() ? "a folder" : "not a regular file"}`);
}
