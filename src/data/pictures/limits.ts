/** How large pictures may be. */
import { DataError } from "../errors.js";

const MOST_PIXELS = 100e6;

/** Throws a {@link DataError} if a header claims more pixels than are read. */
export function expectReadable(width: number, height: number, source: string): void {
  if (width * height <= MOST_PIXELS) return;
  throw new DataError(
    `${source} claims to have ${width}×${height} pixels; expected at most 100 million: make it smaller.`,
  );
}
