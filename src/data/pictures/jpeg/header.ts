/** What a JPEG file says of itself before its pixels (ITU-T T.81, annex B; JFIF and Exif on APP1). */
import { DataError } from "../../errors.js";
import { expectReadable } from "../limits.js";
import { hasExifMark } from "../orientation.js";
import { countScans } from "./scans.js";

export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** Exif data with the mark in front; undefined without any. */
  readonly exif: Uint8Array | undefined;
}

const APP1 = 0xe1;
const START_OF_SCAN = 0xda;

/** Whether a marker from 0xc0 on has no length after it: restarts, the beginning and the end of a file. */
const isBare = (marker: number) => marker >= 0xd0 && marker <= 0xd9;

/** A progressive picture comes in about ten scans. */
const MOST_SCANS = 100;

/** Pixels times scans: twenty scans of the largest picture that is read. */
const MOST_WORK = 2e9;

/** Frames of a kind that is read: baseline, extended, progressive. */
const READ = [0xc0, 0xc1, 0xc2];

/** Markers from 0xc0 to 0xcf that begin no frame: tables, an extension, arithmetic conditioning. */
const NO_FRAME = [0xc4, 0xc8, 0xcc];

/**
 * Reads the segments before the pixels of a file that `isJpeg`, and looks through its scans.
 *
 * @param source what error messages call the file
 * @throws {DataError} if it is malformed, of a kind that is not read, or larger than is read
 */
export function parseJpegHeader(bytes: Uint8Array, source: string): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let exif: Uint8Array | undefined;
  for (let at = 2; ; ) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    if (at + 4 > bytes.length) throw new DataError(`${source} is truncated.`);
    const [mark, marker] = [bytes[at], bytes[at + 1]!];
    const length = view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (
      mark !== 0xff ||
      marker < 0xc0 ||
      isBare(marker) ||
      marker === START_OF_SCAN ||
      length < 2
    ) {
      throw new DataError(`${source} is corrupt: it has no JPEG header.`);
    }
    if (segment.length < length - 2) throw new DataError(`${source} is truncated.`);
    if (marker === APP1 && hasExifMark(segment)) exif ??= segment;
    if (marker <= 0xcf && !NO_FRAME.includes(marker)) {
      const frame = frameOf(marker, segment, source);
      const scans = countScans(bytes, at + 2 + length, source);
      expectFewScans(scans, frame.width * frame.height, source);
      return { ...frame, exif };
    }
    at += 2 + length;
  }
}

function frameOf(marker: number, segment: Uint8Array, source: string) {
  const [precision, h1, h0, w1, w0, components] = segment;
  if (components === undefined) throw new DataError(`${source} is corrupt: it has no JPEG header.`);
  const [width, height] = [256 * w1! + w0!, 256 * h1! + h0!];
  if (!READ.includes(marker) || precision !== 8) {
    throw new DataError(
      `${source} is a JPEG of a rare kind (frame ${marker - 0xc0}, ${precision} bits): convert it to PNG or to a usual JPEG.`,
    );
  }
  if (components !== 1 && components !== 3) {
    throw new DataError(
      `${source} is a JPEG of ${components} colours, such as CMYK: convert it to RGB or grey first.`,
    );
  }
  if (width === 0 || height === 0) {
    throw new DataError(`${source} is corrupt: its header says ${width}×${height} pixels.`);
  }
  expectReadable(width, height, source);
  return { width, height };
}

/** Each scan goes over all pixels, however few bytes it has. */
function expectFewScans(scans: number, pixels: number, source: string): void {
  const most = Math.min(MOST_SCANS, Math.floor(MOST_WORK / pixels));
  if (scans <= most) return;
  throw new DataError(
    `${source} is a JPEG of ${scans} scans; expected at most ${most} of so many pixels: save it again as a usual JPEG.`,
  );
}
