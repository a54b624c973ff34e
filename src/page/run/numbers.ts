/** Numbers as the page writes them. */

/** 12345 → 12,345 */
export function count(n: number): string {
  return Math.round(n).toLocaleString("en-US");
}

/** 0.9731 → 97.31%, of which as many digits are shown as are asked for */
export function percent(part: number, digits = 1): string {
  return `${(100 * part).toFixed(digits)}%`;
}
