/** Lines that are broken between words where a terminal is too narrow for them. */
import { widthOf } from "./streams.js";
import { columnsOf } from "./width.js";

const INDENT = "  ";

/** Writes the lines in as many rows as the stream needs; off a terminal, each has one. */
export function writeLines(stream: NodeJS.WriteStream, ...lines: readonly string[]): void {
  for (const line of lines) stream.write(`${wrapped(line, widthOf(stream))}\n`);
}

/**
 * The rows of a line; those after the first are indented by so much more. A word wider than a row has
 * one of its own.
 */
export function wrapped(line: string, width: number, indent = INDENT): string {
  const rows: string[] = [];
  const [start = ""] = line.match(/^ */) ?? [];
  let [row = "", ...words] = line.split(" ");
  for (const word of words) {
    const longer = `${row} ${word}`;
    if (columnsOf(longer) <= width || row.trim() === "") {
      row = longer;
    } else {
      rows.push(row);
      row = start + indent + word;
    }
  }
  return [...rows, row].join("\n");
}
