/** Knowing a file by its content: unpacking and checking it while it streams past. */
import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { systemReason } from "../../files/reason.js";
import type { CatalogueFile, StoredForm } from "./catalogue.js";

/** The bytes are not those of the catalogue. The message is the end of a sentence about the file. */
export class WrongContentError extends Error {
  override readonly name = "WrongContentError";
}

/** How much zlib unpacks at a time. */
const PIECE = 2 ** 20;

/**
 * Passes on the bytes of a file in one of its forms, and throws a {@link WrongContentError} as soon
 * as they are too many, or at their end if they are too few or others than expected.
 */
export async function* checked(
  content: AsyncIterable<Uint8Array>,
  { unpackedBytes }: CatalogueFile,
  { bytes, digest }: StoredForm,
): AsyncGenerator<Uint8Array> {
  // Where the packed length is not known: packing does not lengthen these files.
  const most = bytes ?? unpackedBytes;
  const hash = createHash(digest.algorithm);
  let length = 0;
  for await (const piece of content) {
    length += piece.length;
    if (length > most) {
      throw new WrongContentError(`has more than the ${most} bytes that it should have`);
    }
    hash.update(piece);
    yield piece;
  }
  if (bytes !== undefined && length < bytes) {
    throw new WrongContentError(`has ${length} bytes instead of ${bytes}`);
  }
  if (hash.digest("hex") !== digest.hex) {
    throw new WrongContentError(`is corrupt: its ${digest.algorithm} is not the right one`);
  }
}

/** Unpacks gzip, which is recognised by its first two bytes, and passes on anything else. */
export async function* unpacked(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = content[Symbol.asyncIterator]();
  try {
    let start: Uint8Array = new Uint8Array(0);
    while (start.length < 2) {
      const { value, done } = await pieces.next();
      if (done) break;
      start = Buffer.concat([start, value]);
    }
    const all = rejoined(start, pieces);
    yield* start[0] === 0x1f && start[1] === 0x8b ? gunzipped(all) : all;
  } finally {
    await pieces.return?.();
  }
}

async function* rejoined(start: Uint8Array, rest: AsyncIterator<Uint8Array>) {
  yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  // The errors of both streams come out of the loop below.
  pipeline(Readable.from(packed), gunzip, () => {});
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (!/^Z_/.test(String((error as NodeJS.ErrnoException).code))) throw error;
    throw new WrongContentError(`is corrupt: gzip reports ${systemReason(error)}`, {
      cause: error,
    });
  }
}
