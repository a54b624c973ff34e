/** How large pictures may be. */
import { DataError } from "../errors.js";

const MOST_PIXELS = 100e6;

/** As in JPEG files; rows are kept as a whole. */
const LONGEST_SIDE = 65_535;

/** Throws a {@link DataError} if a header claims more pixels than are read. */
export function expectReadable(width: number, height: number, source: string): void {
  if (width * height <= MOST_PIXELS && Math.max(width, height) <= LONGEST_SIDE) return;
  throw new DataError(
    `${source} claims to have ${width}×${height} pixels; expected at most 100 million, and ${LONGEST_SIDE} a side: make it smaller.`,
  );
}
