/** Lines that are broken between words where a terminal is too narrow for them. */
import { stripVTControlCharacters } from "node:util";

const INDENT = "  ";

/** How many characters wide a text is, without its colours. */
export function lengthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** The rows of a line; those after the first are indented. A word wider than a row has one of its own. */
export function wrapped(line: string, width: number, indent = INDENT): string {
  const rows: string[] = [];
  let [row = "", ...words] = line.split(" ");
  for (const word of words) {
    const longer = `${row} ${word}`;
    if (lengthOf(longer) <= width || row.trim() === "") {
      row = longer;
    } else {
      rows.push(row);
      row = indent + word;
    }
  }
  return [...rows, row].join("\n");
}
