/** Reading what may never end: a pipe, or a device. */
import { closeSync, openSync, readSync } from "node:fs";

/** How much is asked for at a time. */
const PIECE = 2 ** 16;

/** The bytes of a file or a pipe; undefined if there are more than `most`. Throws what the system says. */
export function readBounded(path: string, most: number): Buffer | undefined {
  const file = openSync(path, "r");
  try {
    const pieces: Buffer[] = [];
    for (let length = 0; length <= most; ) {
      const piece = Buffer.allocUnsafe(PIECE);
      const read = readSync(file, piece);
      if (read === 0) return Buffer.concat(pieces, length);
      pieces.push(piece.subarray(0, read));
      length += read;
    }
    return undefined;
  } finally {
    closeSync(file);
  }
}
