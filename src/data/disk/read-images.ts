/** Reading image files of unknown kind, as a network for MNIST takes them. */
import { basename } from "node:path";
import { isTransposedFile } from "../collections.js";
import { imagesOf, transposedImages, type Unlabelled } from "../dataset.js";
import { DataError } from "../errors.js";
import { isJpeg, isPng, LONGEST_MARK, otherFormatOf } from "../pictures/formats.js";
import { inkOf } from "../pictures/ink.js";
import { decodeJpeg } from "../pictures/jpeg/decode.js";
import { normalise, SIDE } from "../pictures/normalise.js";
import { decodePng } from "../pictures/png/decode.js";
import { idxOf, readBytes, readIdxFile, readStart } from "./read.js";

/** In bytes: plenty for a photograph of 100 million pixels. */
const LARGEST_PICTURE = 200e6;

export interface ReadImages extends Unlabelled {
  /** Whether it is a picture that seems to show several digits, which are taken for one. */
  readonly isSeveral?: boolean;
}

/**
 * The images of an IDX file as they are, or the one of a PNG or JPEG file, normalised as those of MNIST.
 * Of a file of another kind no more is read than tells its kind.
 *
 * @throws {DataError} if the file cannot be read, is of another kind, or malformed, or blank
 */
export async function readImages(path: string): Promise<ReadImages> {
  const { start, size } = await readStart(path, LONGEST_MARK);
  const picture = pictureIn(start, size, path);
  if (picture !== undefined) return picture(await readBytes(path));
  const images = imagesOf(await readIdxFile(path), path);
  return isTransposedFile(basename(path)) ? transposedImages(images) : images;
}

/**
 * The same of a stream that has the bytes of such a file, of which it reads no more than a picture may have.
 *
 * @param source what error messages call the stream
 */
export async function readImagesFrom(
  stream: AsyncIterable<Uint8Array>,
  source: string,
): Promise<ReadImages> {
  const bytes = await bytesOf(stream, source);
  if (bytes.length === 0) throw new DataError(`${source} is empty: expected an image.`);
  const picture = pictureIn(bytes.subarray(0, LONGEST_MARK), bytes.length, source);
  return picture === undefined ? imagesOf(await idxOf(bytes, source), source) : picture(bytes);
}

async function bytesOf(stream: AsyncIterable<Uint8Array>, source: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > LARGEST_PICTURE) throw tooLarge(source, `more than ${LARGEST_PICTURE}`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}

/** What makes an image of the bytes of a picture; undefined if they may be an IDX file. */
function pictureIn(
  start: Uint8Array,
  size: number,
  source: string,
): ((bytes: Uint8Array) => Promise<ReadImages>) | undefined {
  const decode = isPng(start) ? decodePng : isJpeg(start) ? decodeJpeg : undefined;
  if (decode !== undefined) {
    if (size > LARGEST_PICTURE) throw tooLarge(source, String(size));
    return async (bytes) => {
      const ink = inkOf(await decode(bytes, source), source);
      const pixels = normalise(ink);
      return { rows: SIDE, columns: SIDE, count: 1, pixels, isSeveral: ink.isSeveral };
    };
  }
  const format = otherFormatOf(start);
  if (format !== undefined) {
    throw new DataError(
      `${source} is in the format ${format}, which is not read: convert it to PNG or JPEG.`,
    );
  }
  if (start.length > 0 && !mayBeIdx(start)) {
    throw new DataError(
      `${source} is neither a PNG or JPEG picture nor an IDX file: convert it to PNG or JPEG first.`,
    );
  }
  return undefined;
}

function tooLarge(source: string, bytes: string): DataError {
  return new DataError(
    `${source} has ${bytes} bytes; expected at most ${LARGEST_PICTURE} of a picture: make it smaller.`,
  );
}

/** IDX files begin with two zeros, packed ones with the mark of gzip. */
function mayBeIdx([first, second]: Uint8Array): boolean {
  return (first === 0 && second === 0) || (first === 0x1f && second === 0x8b);
}
