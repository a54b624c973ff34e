/** Lines that are broken between words where a terminal is too narrow for them. */

const INDENT = "  ";

/** The rows of a line; those after the first are indented. A word wider than a row has one of its own. */
export function wrapped(line: string, width: number): string {
  const rows: string[] = [];
  let [row = "", ...words] = line.split(" ");
  for (const word of words) {
    const longer = `${row} ${word}`;
    if (longer.length <= width || row.trim() === "") {
      row = longer;
    } else {
      rows.push(row);
      row = INDENT + word;
    }
  }
  return [...rows, row].join("\n");
}
