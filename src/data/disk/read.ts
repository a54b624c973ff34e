/** Reading IDX files from the disk, packed with gzip or not, whatever their names say. */
import { constants, createGunzip, type Gunzip } from "node:zlib";
import { systemReason } from "../../files/reason.js";
import { readRegularFile, readRegularStart } from "../../files/regular.js";
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

/**
 * Reads one IDX file; gzip is recognised by its first two bytes. The memory in use is bounded by
 * the length of the file and, for gzip, by what it unpacks to, never by what its header claims.
 *
 * @throws {DataError} if the file cannot be read or is not exactly one well-formed IDX array
 */
export async function readIdxFile(path: string): Promise<IdxArray> {
  const { start } = await readStart(path, LONGEST_HEADER);
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  // What cannot be the beginning of one is refused before the rest is read.
  if (!packed) parseIdxHeader(start, path);
  return idxOf(await readBytes(path), path);
}

/** The array in the bytes of an IDX file, packed or not. Throws as {@link readIdxFile} does. */
export async function idxOf(bytes: Uint8Array, source: string): Promise<IdxArray> {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return parseIdx(packed ? await unpack(bytes, source) : bytes, source);
}

/** The bytes of a file. Throws a {@link DataError} if it cannot be read. */
export async function readBytes(path: string): Promise<Uint8Array> {
  return orDataError(readRegularFile(path), path);
}

/** At most so many of a file's first bytes, and how many it has. Throws a {@link DataError}. */
export async function readStart(
  path: string,
  most: number,
): Promise<{ start: Uint8Array; size: number }> {
  return orDataError(readRegularStart(path, most), path);
}

async function orDataError<T>(result: Promise<T>, path: string): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw new DataError(`Cannot read ${path}: ${systemReason(error)}.`, { cause: error });
  }
}

/**
 * Unpacks a gzip file that holds an IDX file into one piece of memory of the length in the IDX header,
 * which is believed only as far as so much can be packed into the file. It stops with an error at the
 * first byte beyond that length: a gzip bomb does not go off.
 *
 * Several members in a row are one file, as RFC 1952 §2.2 has it. Anything after the last member is
 * an error, even the padding with zeros that gzip(1) ignores.
 */
async function unpack(packed: Uint8Array, path: string): Promise<Uint8Array> {
  const header = await beginning(packed, path);
  const promised = parseIdxHeader(header, path)?.byteLength ?? header.length;
  if (promised > packed.length * LARGEST_RATIO) {
    throw new DataError(
      `${path} is truncated: its header promises ${promised} bytes, more than its ${packed.length} can unpack to.`,
    );
  }
  const gunzip = createGunzip({ chunkSize: Math.max(promised + 1, SMALLEST_PIECE) });
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of unpackedBy(gunzip, packed, path)) {
    pieces.push(piece);
    length += piece.length;
    if (length > promised) {
      throw new DataError(
        `${path} has trailing bytes: it unpacks to more than the ${promised} that its header promises.`,
      );
    }
  }
  if (gunzip.bytesWritten !== packed.length) {
    throw new DataError(`${path} has trailing bytes after the end of its gzip data.`);
  }
  const [whole, ...others] = pieces;
  return whole !== undefined && others.length === 0 ? whole : Buffer.concat(pieces, length);
}

/** The first unpacked bytes: at least an IDX header, if there are so many. */
async function beginning(packed: Uint8Array, path: string): Promise<Buffer> {
  const start = packed.subarray(0, LONGEST_BEGINNING);
  const gunzip = createGunzip({ chunkSize: LONGEST_HEADER, finishFlush: constants.Z_SYNC_FLUSH });
  for await (const piece of unpackedBy(gunzip, start, path)) return piece;
  return Buffer.alloc(0);
}

async function* unpackedBy(
  gunzip: Gunzip,
  packed: Uint8Array,
  path: string,
): AsyncGenerator<Buffer> {
  try {
    gunzip.end(packed);
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    throw new DataError(`${path} is corrupt: gzip reports ${systemReason(error)}.`, {
      cause: error,
    });
  } finally {
    gunzip.destroy();
  }
}
