/** The chunks that a PNG file consists of (W3C, Portable Network Graphics, 3rd edition, §5). */
import { crc32 } from "node:zlib";
import { DataError } from "../../errors.js";

/** The signature that every file begins with. */
const SIGNATURE_BYTES = 8;

/** Length and type before the data, and a checksum of type and data after it: four bytes each. */
const WORD = 4;

export interface Chunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Uint8Array;
}

/**
 * The chunks of a file that `isPng`, up to the one that ends it; what may follow is ignored.
 *
 * @param source what error messages call the file
 * @throws {DataError} where the file ends before that, or a checksum is wrong
 */
export function* chunksOf(bytes: Uint8Array, source: string): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE_BYTES;
  for (let type = ""; type !== "IEND"; ) {
    const start = at + 2 * WORD;
    const end = at + WORD <= bytes.length ? start + view.getUint32(at) : start;
    if (end + WORD > bytes.length) throw new DataError(`${source} is truncated.`);
    type = String.fromCharCode(...bytes.subarray(at + WORD, start));
    if (crc32(bytes.subarray(at + WORD, end)) !== view.getUint32(end)) {
      throw new DataError(
        `${source} is corrupt: the checksum of its chunk ${shown(type)} is wrong.`,
      );
    }
    yield { type, data: bytes.subarray(start, end) };
    at = end + WORD;
  }
}

/** A type without what a terminal would take for more than letters. */
function shown(type: string): string {
  return type.replace(/[^A-Za-z]/g, "?");
}
