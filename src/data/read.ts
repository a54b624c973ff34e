/** Reading IDX files from the disk, packed with gzip or not, whatever their names say. */
import { readFile, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { DataError, systemReason } from "./errors.js";
import { type IdxArray, parseIdx, parseIdxHeader } from "./idx.js";

/** How much zlib unpacks at a time: large, since every piece is a journey to its thread. */
const PIECE = 2 ** 20;

/**
 * Reads one IDX file; gzip is recognised by its first two bytes. The memory in use is bounded by
 * the length of the file and, for gzip, by what it unpacks to, never by what its header claims.
 *
 * @throws {DataError} if the file cannot be read or is not exactly one well-formed IDX array
 */
export async function readIdxFile(path: string): Promise<IdxArray> {
  const bytes = await readRegularFile(path);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return parseIdx(packed ? await unpack(bytes, path) : bytes, path);
}

/** Checks the kind of the file first: a device or a pipe might never end. */
async function readRegularFile(path: string): Promise<Buffer> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new DataError(`${path} is a directory, not a file.`);
    if (!status.isFile()) throw new DataError(`${path} is not a regular file.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`Cannot read ${path}: ${systemReason(error)}.`, { cause: error });
  }
}

/**
 * Unpacks a gzip file that holds an IDX file, and stops with an error at the first piece beyond the
 * length in the IDX header: a gzip bomb does not go off.
 *
 * Several members in a row are one file, as RFC 1952 §2.2 has it. Anything after the last member is
 * an error, even the padding with zeros that gzip(1) ignores.
 */
async function unpack(packed: Buffer, path: string): Promise<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  const pieces: Buffer[] = [];
  let length = 0;
  let promised: number | undefined;
  try {
    gunzip.end(packed);
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      pieces.push(piece);
      length += piece.length;
      promised ??= parseIdxHeader(Buffer.concat(pieces), path)?.byteLength;
      if (promised !== undefined && length > promised) {
        throw new DataError(
          `${path} has trailing bytes: it unpacks to more than the ${promised} that its header promises.`,
        );
      }
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${path} is corrupt: gzip reports ${systemReason(error)}.`, {
      cause: error,
    });
  }
  if (gunzip.bytesWritten !== packed.length) {
    throw new DataError(`${path} has trailing bytes after the end of its gzip data.`);
  }
  return Buffer.concat(pieces, length);
}
