/** Tables for people: a line for each of the rows or, where a terminal is too narrow, a column. */
import { paintFor, widthOf } from "./streams.js";
import { visible } from "./visible.js";
import { columnsOf, padEnd, padStart } from "./width.js";
import { wrapped } from "./wrapped.js";

export interface Column<Row> {
  readonly head: string;
  readonly of: (row: Row) => string;
}

const BETWEEN = "  ";

/** The width to which names of several words are broken. */
const READABLE = 16;

/**
 * A line for each row, the first column aligned to the left and the others to the right. Where that is
 * too wide, heads are broken between words. Where it still is, each row becomes a column beside the
 * heads, as many next to each other as there is room for, and the others below them. Off a terminal,
 * where a pager scrolls or a program reads lines, each row always has a line.
 *
 * @param columns the first of which names a row
 */
export function tableText<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
): string[] {
  const width = widthOf(stream);
  const bold = (text: string) => paintFor(stream, env)("bold", text);
  const texts = columns.map(({ head, of }) => [head, ...rows.map(of)].map(visible));
  const upright = [texts.map(whole), texts.map((column) => broken(column))];
  const fitting = upright.find((strips) => widthOfAll(strips) <= width);
  if (fitting !== undefined) return linesOf(fitting, "right", bold);
  const [heads = [], ...records] = texts[0]!.map((_, r) => texts.map((column) => column[r]!));
  const strips = records.map((record) => broken(record, READABLE));
  return panels(whole(heads), strips, width).flatMap((panel) => linesOf(panel, "left", bold));
}

/** A column as it is drawn, whose head may have several rows. */
interface Strip {
  readonly head: readonly string[];
  readonly cells: readonly string[];
  readonly width: number;
}

function whole([head = "", ...cells]: readonly string[]): Strip {
  return { head: [head], cells, width: longest([head, ...cells]) };
}

/** As narrow as its cells and the longest word of its head allow, but no narrower than `least` for a long head. */
function broken([head = "", ...cells]: readonly string[], least = 0): Strip {
  const needed = longest([...head.split(" "), ...cells]);
  const lines = wrapped(head, Math.max(needed, Math.min(least, columnsOf(head))), "").split("\n");
  // Spaces in a row make a line wider than its words are.
  return { head: lines, cells, width: longest([...lines, ...cells]) };
}

function longest(texts: readonly string[]): number {
  return Math.max(...texts.map(columnsOf));
}

function widthOfAll(strips: readonly Strip[]): number {
  return strips.reduce((sum, { width }) => sum + width + BETWEEN.length, -BETWEEN.length);
}

/** As few as the width allows; each has the heads, and at least one more strip. */
function panels(heads: Strip, strips: readonly Strip[], width: number): Strip[][] {
  const all: Strip[][] = [];
  for (const strip of strips) {
    const last = all.at(-1);
    if (last !== undefined && widthOfAll([...last, strip]) <= width) last.push(strip);
    else all.push([heads, strip]);
  }
  return all;
}

function linesOf(
  strips: readonly Strip[],
  side: "left" | "right",
  bold: (text: string) => string,
): string[] {
  const line = (textOf: (strip: Strip) => string) => {
    const texts = strips.map((strip, c) => {
      const text = textOf(strip);
      return c > 0 && side === "right" ? padStart(text, strip.width) : padEnd(text, strip.width);
    });
    return texts.join(BETWEEN).trimEnd();
  };
  const height = Math.max(...strips.map(({ head }) => head.length));
  const heads = Array.from({ length: height }, (_, i) =>
    line(({ head }) => head[i - height + head.length] ?? ""),
  );
  const named = heads.filter((head) => head !== "");
  return [
    "",
    ...named.map(bold),
    ...strips[0]!.cells.map((_, r) => line(({ cells }) => cells[r]!)),
  ];
}
