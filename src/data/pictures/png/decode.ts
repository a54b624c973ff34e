/**
 * PNG files as pictures (W3C, Portable Network Graphics, 3rd edition). They are unpacked row by row into a
 * picture that is kept small, and never beyond the length that their header says: 81 million pixels take
 * 50 MB. (pngjs and fast-png need all pixels at once, 940 MB, and do not give the orientation.)
 */
import { createInflate } from "node:zlib";
import { systemReason } from "../../../files/reason.js";
import { DataError } from "../../errors.js";
import { type Orientation, orientationIn, turned } from "../orientation.js";
import type { Picture } from "../picture.js";
import { Reduction } from "../reduction.js";
import { chunksOf } from "./chunks.js";
import { colouring } from "./colours.js";
import { bytesOf, type Header, parseHeader } from "./header.js";
import { rowsOf } from "./rows.js";

/** Bytes that zlib unpacks at once. */
const PIECE = 2 ** 18;

/**
 * Decodes a file that `isPng`: the right way up, and reduced if it is large.
 *
 * @param source what error messages call the file
 * @throws {DataError} if it is malformed, or larger than is read
 */
export async function decodePng(bytes: Uint8Array, source: string): Promise<Picture> {
  let header: Header | undefined;
  let palette = new Uint8Array();
  let transparent: Uint8Array | undefined;
  let orientation: Orientation = 1;
  const packed: Uint8Array[] = [];
  for (const { type, data } of chunksOf(bytes, source)) {
    if (header === undefined) header = parseHeader({ type, data }, source);
    else if (type === "PLTE") palette = Uint8Array.from(data);
    else if (type === "tRNS") transparent = data;
    else if (type === "eXIf") orientation = orientationIn(data);
    else if (type === "IDAT") packed.push(data);
  }
  if (header === undefined) throw new DataError(`${source} is truncated.`);
  const { width, height } = header;
  const reduction = new Reduction(width, height);
  const colour = colouring(header, { palette, transparent }, source);
  const rgba = new Uint8ClampedArray(4 * width);
  const unpacked = unpack(packed, bytesOf(header), source);
  for await (const { samples, pass, row } of rowsOf(unpacked, header, source)) {
    const pixels = rgba.subarray(0, 4 * pass.width);
    colour(samples, pixels);
    reduction.add(pixels, pass.y + row * pass.stepY, pass.x, pass.stepX);
  }
  return turned(reduction.picture(), orientation);
}

/** The bytes of all rows, piece by piece. */
async function* unpack(
  packed: readonly Uint8Array[],
  length: number,
  source: string,
): AsyncGenerator<Uint8Array> {
  const inflate = createInflate({ chunkSize: PIECE });
  let rest = length;
  try {
    inflate.end(Buffer.concat(packed));
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      rest -= piece.length;
      if (rest < 0) break;
      yield piece;
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${source} is corrupt: zlib reports ${systemReason(error)}.`, {
      cause: error,
    });
  } finally {
    inflate.destroy();
  }
  if (rest === 0) return;
  const wrong = rest < 0 ? "more" : "fewer";
  throw new DataError(`${source} is corrupt: it unpacks to ${wrong} pixels than its header says.`);
}
