/** The values of nodes in a few lines: small matrices whole, large ones in summary. */
import type { Matrix } from "../../autodiff/index.js";
import { count } from "../terminal/format.js";

/** Rows and columns that are shown whole at most. */
const MOST_ROWS = 6;
const MOST_COLUMNS = 6;

/** The rows of a small matrix, or nothing for a large one; columns are shown as rows, transposed. */
export function smallRows({ shape: [rows, columns], data }: Matrix): string[][] | undefined {
  if (rows > MOST_ROWS || columns > MOST_COLUMNS) return undefined;
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => number(data[c * rows + r] as number)),
  );
}

/** `from −2.3 to 3.1, 630 of 784 are 0` */
export function summary({ data }: Matrix): string {
  let [least, most, zeros] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const x of data) {
    least = Math.min(least, x);
    most = Math.max(most, x);
    if (x === 0) zeros++;
  }
  const range = `from ${number(least)} to ${number(most)}`;
  return zeros > 0 ? `${range}, ${count(zeros)} of ${count(data.length)} are 0` : range;
}

/** Four digits. */
function number(x: number): string {
  return String(Number(x.toPrecision(4))).replace(/-/g, "−");
}
