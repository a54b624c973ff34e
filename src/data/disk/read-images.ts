/** Reading image files of unknown kind, as a network for MNIST takes them. */
import { imagesOf, type Unlabelled } from "../dataset.js";
import { DataError } from "../errors.js";
import { isJpeg, isPng, otherFormatOf } from "../pictures/formats.js";
import { inkOf } from "../pictures/ink.js";
import { decodeJpeg } from "../pictures/jpeg/decode.js";
import { normalise, SIDE } from "../pictures/normalise.js";
import { decodePng } from "../pictures/png/decode.js";
import { idxOf, readBytes } from "./read.js";

export interface ReadImages extends Unlabelled {
  /** Whether it is a picture that seems to show several digits, which are taken for one. */
  readonly isSeveral?: boolean;
}

/**
 * The images of an IDX file as they are, or the one of a PNG or JPEG file, normalised as those of MNIST.
 *
 * @throws {DataError} if the file cannot be read, is of another kind, or malformed, or blank
 */
export async function readImages(path: string): Promise<ReadImages> {
  const bytes = await readBytes(path);
  const decode = isPng(bytes) ? decodePng : isJpeg(bytes) ? decodeJpeg : undefined;
  if (decode !== undefined) {
    const ink = inkOf(await decode(bytes, path), path);
    const pixels = normalise(ink);
    return { rows: SIDE, columns: SIDE, count: 1, pixels, isSeveral: ink.isSeveral };
  }
  const format = otherFormatOf(bytes);
  if (format !== undefined) {
    throw new DataError(
      `${path} is in the format ${format}, which is not read: convert it to PNG or JPEG.`,
    );
  }
  if (bytes.length > 0 && !mayBeIdx(bytes)) {
    throw new DataError(
      `${path} is neither a PNG or JPEG picture nor an IDX file: convert it to PNG or JPEG first.`,
    );
  }
  return imagesOf(await idxOf(bytes, path), path);
}

/** IDX files begin with two zeros, packed ones with the mark of gzip. */
function mayBeIdx([first, second]: Uint8Array): boolean {
  return (first === 0 && second === 0) || (first === 0x1f && second === 0x8b);
}
