/** IDX files in a browser, packed with gzip or not, whatever their names say. */
import { joined } from "../../bytes.js";
import { DataError } from "../../data/errors.js";
import { type IdxArray, parseIdx, parseIdxHeader } from "../../data/idx.js";

/** More than the header of any IDX file has. */
const LONGEST_HEADER = 4 + 4 * 32;

/**
 * The array in the bytes of a file. Unpacking stops at the first byte beyond what the file's header
 * promises, so that a small file cannot fill the memory with more than it says.
 *
 * @param source what error messages call the file
 * @throws {DataError} unless it is exactly one well-formed IDX array
 */
export async function readIdx(bytes: Uint8Array, source: string): Promise<IdxArray> {
  return parseIdx(await unpackedIdx(bytes, source), source);
}

/**
 * The bytes of an IDX file as they are without gzip.
 *
 * @throws {DataError} if they cannot be unpacked, or are more than their header promises
 */
export async function unpackedIdx(bytes: Uint8Array, source: string): Promise<Uint8Array> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isPacked ? unpacked(bytes, source) : bytes;
}

async function unpacked(bytes: Uint8Array, source: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let promised: number | undefined;
  try {
    const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new DecompressionStream("gzip"));
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value as Uint8Array);
      length += value.length;
      if (promised === undefined && length >= LONGEST_HEADER) {
        promised = parseIdxHeader(joined(pieces), source)?.byteLength;
      }
      if (promised !== undefined && length > promised) {
        void reader.cancel();
        throw new DataError(
          `${source} has trailing bytes: it unpacks to more than the ${promised} that its header promises.`,
        );
      }
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${source} is corrupt: it cannot be unpacked as gzip data.`, {
      cause: error,
    });
  }
  return joined(pieces);
}
