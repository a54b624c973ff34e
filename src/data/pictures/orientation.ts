/** Which way up a picture is to be shown, as cameras say it (Exif 2.32, §4.6.4; TIFF 6.0, §2). */
import type { Picture } from "./picture.js";

/** Exif's numbers from 1 (as it is) to 8. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const EXIF_MARK = "Exif\0\0";
const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;

/** Whether these are Exif data as in a JPEG file: with a mark in front. */
export function hasExifMark(bytes: Uint8Array): boolean {
  return [...EXIF_MARK].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

/** The orientation in Exif data, with the mark in front or without it: 1 where it is not said. */
export function orientationIn(exif: Uint8Array): Orientation {
  const tiff = hasExifMark(exif) ? exif.subarray(EXIF_MARK.length) : exif;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const isLittle = view.getUint16(0) === 0x4949;
    const directory = view.getUint32(4, isLittle);
    const entries = view.getUint16(directory, isLittle);
    for (let entry = 0; entry < entries; entry++) {
      const at = directory + 2 + ENTRY_BYTES * entry;
      if (view.getUint16(at, isLittle) !== ORIENTATION_TAG) continue;
      const value = view.getUint16(at + 8, isLittle);
      return value >= 1 && value <= 8 ? (value as Orientation) : 1;
    }
  } catch (error) {
    // Data that end too early say nothing.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** Whether rows become columns, and whether the columns and the rows of the stored picture run backwards. */
const TURNS: Readonly<Record<Orientation, readonly [boolean, boolean, boolean]>> = {
  1: [false, false, false],
  2: [false, true, false],
  3: [false, true, true],
  4: [false, false, true],
  5: [true, false, false],
  6: [true, false, true],
  7: [true, true, true],
  8: [true, true, false],
};

/** A stored picture as it is to be shown. */
export function turned(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture;
  const [isSwapped, isLeftward, isUpward] = TURNS[orientation];
  const [width, height] = isSwapped
    ? [picture.height, picture.width]
    : [picture.width, picture.height];
  const from = new Uint32Array(picture.data.slice().buffer);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [column, row] = isSwapped ? [y, x] : [x, y];
      const storedColumn = isLeftward ? picture.width - 1 - column : column;
      const storedRow = isUpward ? picture.height - 1 - row : row;
      to[y * width + x] = from[storedRow * picture.width + storedColumn]!;
    }
  }
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}
