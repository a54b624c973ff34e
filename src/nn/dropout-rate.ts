/** Rates of dropout, which a byte of noise for each element decides. */

/** The values of a byte. */
export const BYTES = 256;

/** How many of them leave an element out: those of the rate p, rounded. */
export function bytesDropped(p: number): number {
  return Math.round(BYTES * p);
}
