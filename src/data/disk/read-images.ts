/** Reading image files of unknown kind, as a network for MNIST takes them. */
import { imagesOf, type Unlabelled } from "../dataset.js";
import { DataError } from "../errors.js";
import { isJpeg, isPng, LONGEST_MARK, otherFormatOf } from "../pictures/formats.js";
import { inkOf } from "../pictures/ink.js";
import { decodeJpeg } from "../pictures/jpeg/decode.js";
import { normalise, SIDE } from "../pictures/normalise.js";
import { decodePng } from "../pictures/png/decode.js";
import { readBytes, readIdxFile, readStart } from "./read.js";

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
  const decode = isPng(start) ? decodePng : isJpeg(start) ? decodeJpeg : undefined;
  if (decode !== undefined) {
    if (size > LARGEST_PICTURE) {
      throw new DataError(
        `${path} has ${size} bytes; expected at most ${LARGEST_PICTURE} of a picture: make it smaller.`,
      );
    }
    const ink = inkOf(await decode(await readBytes(path), path), path);
    const pixels = normalise(ink);
    return { rows: SIDE, columns: SIDE, count: 1, pixels, isSeveral: ink.isSeveral };
  }
  const format = otherFormatOf(start);
  if (format !== undefined) {
    throw new DataError(
      `${path} is in the format ${format}, which is not read: convert it to PNG or JPEG.`,
    );
  }
  if (start.length > 0 && !mayBeIdx(start)) {
    throw new DataError(
      `${path} is neither a PNG or JPEG picture nor an IDX file: convert it to PNG or JPEG first.`,
    );
  }
  return imagesOf(await readIdxFile(path), path);
}

/** IDX files begin with two zeros, packed ones with the mark of gzip. */
function mayBeIdx([first, second]: Uint8Array): boolean {
  return (first === 0 && second === 0) || (first === 0x1f && second === 0x8b);
}
