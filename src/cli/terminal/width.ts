/** How much room text takes on a terminal: some characters take two columns, and marks upon others none. */
import stringWidth from "string-width";

/** In columns, without its colours. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** The text, and after it spaces up to a width. */
export function padEnd(text: string, width: number): string {
  return text + spacesFor(text, width);
}

/** The text, and before it spaces up to a width. */
export function padStart(text: string, width: number): string {
  return spacesFor(text, width) + text;
}

function spacesFor(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columnsOf(text)));
}

/** As much of a text without colours as a width has room for. */
export function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  const characters = [...text];
  while (columnsOf(characters.join("")) > width) characters.pop();
  return characters.join("");
}
