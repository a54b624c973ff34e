/** Pictures in files, decoded by the browser, and turned as their cameras say. */
import { DataError } from "../../data/errors.js";
import { LONGEST_MARK, otherFormatOf } from "../../data/pictures/formats.js";
import { expectReadable } from "../../data/pictures/limits.js";
import type { Picture } from "../../data/pictures/picture.js";
import { Reduction } from "../../data/pictures/reduction.js";

/** Rows that are copied at once: a photograph is never in memory a second time as a whole. */
const BAND = 256;

/**
 * The pixels of a picture in any format that the browser knows, made as small as the command makes them.
 *
 * @param source what error messages call the file
 * @throws {DataError} if it is no such picture, or too large
 */
export async function decodePicture(file: Blob, source: string): Promise<Picture> {
  const bitmap = await bitmapOf(file, source);
  try {
    const { width, height } = bitmap;
    expectReadable(width, height, source);
    const reduction = new Reduction(width, height);
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    for (let y = 0; y < height; y += BAND) {
      const rows = Math.min(BAND, height - y);
      Object.assign(canvas, { width, height: rows });
      context?.drawImage(bitmap, 0, -y);
      const data = context?.getImageData(0, 0, width, rows).data;
      if (data === undefined) throw new DataError(`${source} takes more memory than there is.`);
      for (let row = 0; row < rows; row++) {
        reduction.add(data.subarray(4 * row * width, 4 * (row + 1) * width), y + row);
      }
    }
    return reduction.picture();
  } finally {
    bitmap.close();
  }
}

async function bitmapOf(file: Blob, source: string): Promise<ImageBitmap> {
  if (file.size === 0) throw new DataError(`${source} is empty.`);
  try {
    return await createImageBitmap(file, {
      imageOrientation: "from-image",
      // The command does not look at colour profiles either.
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
    });
  } catch (error) {
    const start = new Uint8Array(await file.slice(0, LONGEST_MARK).arrayBuffer());
    const format = otherFormatOf(start);
    throw new DataError(
      format === undefined
        ? `${source} is no picture that this browser can read, or is damaged: convert it to PNG or JPEG.`
        : `${source} is in the format ${format}, which this browser cannot read: convert it to PNG or JPEG.`,
      { cause: error },
    );
  }
}
