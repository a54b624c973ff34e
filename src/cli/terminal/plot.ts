/** Curves in characters. */

export interface Curve {
  /** One character, which stands where the curve is. */
  readonly mark: string;
  /** From the left to the right; where one is undefined, nothing stands. */
  readonly values: readonly (number | undefined)[];
}

export interface PlotSize {
  /** In characters, without the axis. */
  readonly width: number;
  /** In rows, from 2 on. */
  readonly height: number;
}

/**
 * The rows of a plot, from the top, with the values of the highest and the lowest row beside them. Where
 * curves meet, the last of them is seen. No rows if no curve has a finite value.
 *
 * @param label writes a value
 */
export function plot(
  curves: readonly Curve[],
  { width, height }: PlotSize,
  label: (value: number) => string,
): string[] {
  const all = curves.flatMap(({ values }) => values.filter((y) => Number.isFinite(y))) as number[];
  if (all.length === 0) return [];
  const least = all.reduce((a, b) => Math.min(a, b));
  const most = all.reduce((a, b) => Math.max(a, b));
  const points = Math.max(...curves.map(({ values }) => values.length));
  const columns = Math.min(width, points);
  const rows = Array.from({ length: height }, () => new Array<string>(columns).fill(" "));
  for (const { mark, values } of curves) {
    for (const [i, y] of values.entries()) {
      if (y === undefined || !Number.isFinite(y)) continue;
      const column = points === 1 ? 0 : Math.round((i * (columns - 1)) / (points - 1));
      const part = most === least ? 0 : (y - least) / (most - least);
      rows[Math.round((1 - part) * (height - 1))]![column] = mark;
    }
  }
  const labels = rows.map((_, r) => (r === 0 ? label(most) : r === height - 1 ? label(least) : ""));
  const margin = Math.max(...labels.map(({ length }) => length));
  return rows.map((row, r) => `${labels[r]!.padStart(margin)} │${row.join("")}`.trimEnd());
}
