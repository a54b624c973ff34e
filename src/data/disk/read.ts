/** Reading IDX files from the disk, packed with gzip or not, whatever their names say. */
import { pipeline } from "node:stream/promises";
import { constants, createGunzip, type Gunzip } from "node:zlib";
import { attemptToRead } from "../../files/attempt.js";
import { systemReason, whyNotRead } from "../../files/reason.js";
import { readInPieces, readRegularFile, readRegularStart } from "../../files/regular.js";
import { DataError } from "../errors.js";
import { type IdxArray, parseIdx, parseIdxHeader } from "../idx.js";

/** Bytes that one packed byte unpacks to at most (RFC 1951: 258 for two bits), rounded up. */
const LARGEST_RATIO = 1040;

/** The smallest piece that zlib takes. */
const SMALLEST_PIECE = 64;

/** No IDX header is longer: four bytes, and four for each of at most 32 dimensions. */
const LONGEST_HEADER = 4 + 4 * 32;

/** Packed bytes that surely hold a header, even behind a gzip header with a long file name. */
const LONGEST_BEGINNING = 2 ** 16;

/** Makes a stream ask for the next piece only when it is done with the last. */
const ONE_PIECE_AT_A_TIME = { writableHighWaterMark: 1 };

/**
 * Reads one IDX file; gzip is recognised by its first two bytes. The memory in use is bounded by
 * the length of the file and, for gzip, by what it unpacks to, never by what its header claims.
 *
 * @throws {DataError} if the file cannot be read or is not exactly one well-formed IDX array
 */
export async function readIdxFile(path: string): Promise<IdxArray> {
  const { start, size } = await readStart(path, LONGEST_BEGINNING);
  if (isPacked(start)) {
    const packed = { start, size, pieces: () => readPieces(path) };
    return parseIdx(await unpack(packed, path), path);
  }
  // What cannot be the beginning of one is refused before the rest is read.
  parseIdxHeader(start, path);
  return parseIdx(await readBytes(path), path);
}

/** The array in the bytes of an IDX file, packed or not. Throws as {@link readIdxFile} does. */
export async function idxOf(bytes: Uint8Array, source: string): Promise<IdxArray> {
  if (!isPacked(bytes)) return parseIdx(bytes, source);
  const packed = { start: bytes, size: bytes.length, pieces: () => [bytes] };
  return parseIdx(await unpack(packed, source), source);
}

function isPacked([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b;
}

/** The bytes of a file. Throws a {@link DataError} if it cannot be read. */
export async function readBytes(path: string): Promise<Uint8Array> {
  return attemptToRead(() => readRegularFile(path), unreadable(path));
}

/** At most so many of a file's first bytes, and how many it has. Throws a {@link DataError}. */
export async function readStart(
  path: string,
  most: number,
): Promise<{ start: Uint8Array; size: number }> {
  return attemptToRead(() => readRegularStart(path, most), unreadable(path));
}

/** The same in pieces, each of which overwrites the last. */
async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* readInPieces(path);
  } catch (cause) {
    throw unreadable(path)(whyNotRead(cause), { cause });
  }
}

function unreadable(path: string) {
  return (reason: string, options: ErrorOptions) =>
    new DataError(`Cannot read ${path}: ${reason}.`, options);
}

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A gzip file. */
interface Packed {
  /** Its first bytes, enough to unpack an IDX header. */
  readonly start: Uint8Array;
  readonly size: number;
  /** All of its bytes. Each piece may overwrite the last. */
  pieces(): Pieces;
}

/**
 * Unpacks a gzip file that holds an IDX file into one piece of memory of the length in the IDX header,
 * which is believed only as far as so much can be packed into the file. It stops with an error at the
 * first byte beyond that length: a gzip bomb does not go off.
 *
 * Several members in a row are one file, as RFC 1952 §2.2 has it. Anything after the last member is
 * an error, even the padding with zeros that gzip(1) ignores.
 */
async function unpack({ start, size, pieces }: Packed, path: string): Promise<Uint8Array> {
  const header = await beginning(start, path);
  const promised = parseIdxHeader(header, path)?.byteLength ?? header.length;
  if (promised > size * LARGEST_RATIO) {
    throw new DataError(
      `${path} is truncated: its header promises ${promised} bytes, more than its ${size} can unpack to.`,
    );
  }
  const chunkSize = Math.max(promised + 1, SMALLEST_PIECE);
  const gunzip = createGunzip({ chunkSize, ...ONE_PIECE_AT_A_TIME });
  const unpacked: Buffer[] = [];
  let length = 0;
  let read = 0;
  const packed = counting(pieces(), (bytes) => {
    read += bytes;
  });
  for await (const piece of unpackedBy(gunzip, packed, path)) {
    unpacked.push(piece);
    length += piece.length;
    if (length > promised) {
      throw new DataError(
        `${path} has trailing bytes: it unpacks to more than the ${promised} that its header promises.`,
      );
    }
  }
  if (gunzip.bytesWritten !== read) {
    throw new DataError(`${path} has trailing bytes after the end of its gzip data.`);
  }
  return joined(unpacked, length);
}

async function* counting(pieces: Pieces, count: (bytes: number) => void) {
  for await (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}

/** Joins pieces of `length` bytes in all, without a copy where zlib wrote them side by side. */
function joined(pieces: readonly Buffer[], length: number): Uint8Array {
  const [first] = pieces;
  if (first === undefined) return Buffer.alloc(0);
  let next = first.byteOffset;
  for (const { buffer, byteOffset, byteLength } of pieces) {
    if (buffer !== first.buffer || byteOffset !== next) return Buffer.concat(pieces, length);
    next += byteLength;
  }
  return new Uint8Array(first.buffer, first.byteOffset, length);
}

/** The first unpacked bytes: at least an IDX header, if there are so many. */
async function beginning(start: Uint8Array, path: string): Promise<Buffer> {
  const first = start.subarray(0, LONGEST_BEGINNING);
  const gunzip = createGunzip({ chunkSize: LONGEST_HEADER, finishFlush: constants.Z_SYNC_FLUSH });
  for await (const piece of unpackedBy(gunzip, [first], path)) return piece;
  return Buffer.alloc(0);
}

async function* unpackedBy(gunzip: Gunzip, packed: Pieces, path: string): AsyncGenerator<Buffer> {
  // If reading fails, this destroys gunzip, and the loop below throws the same error.
  const fed = pipeline(packed, gunzip).catch(() => {});
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${path} is corrupt: gzip reports ${systemReason(error)}.`, {
      cause: error,
    });
  } finally {
    gunzip.destroy();
    await fed;
    // Closes the file at once if it was not read to its end.
    if ("return" in packed) await (packed as AsyncGenerator).return(undefined);
  }
}
