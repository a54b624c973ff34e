/** Files proper: a device or a pipe might never end, and is nothing to put a file in the place of. */

import type { Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import { expectText } from "../given.js";
import { IS_FOLDER } from "./reason.js";

/** What the system might have said of a path at which there is something else than a file. */
export class NotRegular extends Error {
  readonly code = "NOT_REGULAR";
}

/** What is known of a file. Throws a {@link NotRegular}, or what the system says if nothing is there. */
export async function statRegularFile(path: string): Promise<Stats> {
  expectText("the path", path);
  const status = await stat(path);
  if (status.isFile()) return status;
  throw new NotRegular(status.isDirectory() ? IS_FOLDER : "it is not a regular file");
}

/** A file that is open: whatever takes its name meanwhile, this is read. */
export interface OpenFile {
  readonly size: number;
  /** At most so many of its first bytes. */
  readonly start: (most: number) => Promise<Buffer>;
  readonly all: () => Promise<Buffer>;
}

/** What is made of a file, which is closed afterwards. Throws a {@link NotRegular}, or what the system says. */
export async function withRegularFile<T>(
  path: string,
  use: (file: OpenFile) => Promise<T>,
): Promise<T> {
  // Looked at before, as to open a pipe may take for ever.
  await statRegularFile(path);
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await use({
      size,
      async start(most) {
        const length = Math.min(most, size);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
        return buffer.subarray(0, bytesRead);
      },
      all: () => file.readFile(),
    });
  } finally {
    await file.close();
  }
}

/** The bytes of a file. Throws as {@link withRegularFile} does. */
export function readRegularFile(path: string): Promise<Buffer> {
  return withRegularFile(path, (file) => file.all());
}

/** At most so many of a file's first bytes, and how many it has. Throws as {@link withRegularFile} does. */
export function readRegularStart(
  path: string,
  most: number,
): Promise<{ start: Buffer; size: number }> {
  return withRegularFile(path, async ({ size, start }) => ({ start: await start(most), size }));
}

/** Large enough that reading a file in pieces takes no longer than reading it at once. */
const PIECE_BYTES = 2 ** 20;

/** The bytes of a file in pieces, each of which overwrites the last. Throws as `readRegularFile` does. */
export async function* readInPieces(path: string): AsyncGenerator<Buffer> {
  await statRegularFile(path);
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
