/** Reading image files of unknown kind, as a network for MNIST takes them. */
import { imagesOf, type Unlabelled } from "../dataset.js";
import { DataError } from "../errors.js";
import { inkOf } from "../pictures/ink.js";
import { normalise, SIDE } from "../pictures/normalise.js";
import { decodePng, isPng } from "../pictures/png/decode.js";
import { idxOf, readBytes } from "./read.js";

/**
 * The images of an IDX file as they are, or the one of a PNG file, normalised as those of MNIST.
 *
 * @throws {DataError} if the file cannot be read, is of another kind, or malformed, or blank
 */
export async function readImages(path: string): Promise<Unlabelled> {
  const bytes = await readBytes(path);
  if (isPng(bytes)) {
    const pixels = normalise(inkOf(decodePng(bytes, path), path));
    return { rows: SIDE, columns: SIDE, count: 1, pixels };
  }
  if (bytes.length > 0 && !mayBeIdx(bytes)) {
    throw new DataError(`${path} is neither a PNG image nor an IDX file: convert it to PNG first.`);
  }
  return imagesOf(await idxOf(bytes, path), path);
}

/** IDX files begin with two zeros, packed ones with the mark of gzip. */
function mayBeIdx([first, second]: Uint8Array): boolean {
  return (first === 0 && second === 0) || (first === 0x1f && second === 0x8b);
}
