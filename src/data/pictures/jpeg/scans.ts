/** Looking through the scans of a JPEG file without decoding them (ITU-T T.81, annex B). */
import { DataError } from "../../errors.js";

const START_OF_SCAN = 0xda;
const END = 0xd9;

/**
 * The number of scans from `start`, where a frame ends, to the end of the picture, which must be there;
 * what follows it is ignored, such as the video of a phone. It sees what libjpeg sees, which skips all that
 * is no marker.
 *
 * @param source what error messages call the file
 * @throws {DataError} if the file ends before that
 */
export function countScans(bytes: Uint8Array, start: number, source: string): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at)) {
    while (bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (marker === undefined) break;
    if (marker === END) return scans;
    if (marker === START_OF_SCAN) scans++;
    at += 2;
    if (!isBare(marker)) at += 256 * (bytes[at] ?? 0) + (bytes[at + 1] ?? 0);
  }
  throw new DataError(`${source} is truncated.`);
}

/** Whether no length follows: a byte 255 of pixels, and restarts among them. */
function isBare(marker: number): boolean {
  return marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}
