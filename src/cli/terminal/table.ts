/** Tables for people: columns side by side, or, where a terminal is too narrow, below each other. */
import { paintFor, usualWidthOf } from "./streams.js";
import { visible } from "./visible.js";

export interface Column<Row> {
  readonly head: string;
  readonly of: (row: Row) => string;
}

export interface TableOptions<Row> {
  /** In characters; that of the terminal, or 80 off it, unless given. */
  readonly width?: number;
  /** Other columns, for where the first are too wide. */
  readonly narrow?: readonly Column<Row>[];
}

/**
 * A line for each row, the first column aligned to the left and the others to the right. Where that is
 * too wide, each row has a line for each of the columns, under what the first says.
 *
 * @param columns the first of which names a row
 */
export function tableText<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
  { width = usualWidthOf(stream), narrow = columns }: TableOptions<Row> = {},
): string[] {
  const paint = paintFor(stream, env);
  const { heads, cells } = textsOf(rows, columns);
  const widths = heads.map((head, c) => {
    return Math.max(...[head, ...cells.map((row) => row[c]!)].map((text) => [...text].length));
  });
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  if (total > width) {
    const { heads, cells } = textsOf(rows, narrow);
    const longest = Math.max(...heads.map((head) => head.length));
    return cells.flatMap(([name = "", ...row]) => [
      "",
      paint("bold", name),
      ...row.map((text, c) => `  ${heads[c + 1]!.padEnd(longest)}  ${text}`),
    ]);
  }
  const line = (row: readonly string[]) =>
    row
      .map((text, c) => (c === 0 ? text.padEnd(widths[c]!) : text.padStart(widths[c]!)))
      .join("  ")
      .trimEnd();
  return ["", paint("bold", line(heads)), ...cells.map(line)];
}

function textsOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]) {
  return {
    heads: columns.map(({ head }) => visible(head)),
    cells: rows.map((row) => columns.map(({ of }) => visible(of(row)))),
  };
}
