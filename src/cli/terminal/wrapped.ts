/** Lines that are broken between words where a terminal is too narrow for them. */
import { stripVTControlCharacters } from "node:util";
import { widthOf } from "./streams.js";

const INDENT = "  ";

/** How many characters wide a text is, without its colours. */
export function lengthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

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
    if (lengthOf(longer) <= width || row.trim() === "") {
      row = longer;
    } else {
      rows.push(row);
      row = start + indent + word;
    }
  }
  return [...rows, row].join("\n");
}
