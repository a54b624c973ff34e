/** What a user has written, as messages repeat it: without passwords, and not at any length. */

/** Longer than any name of a file. */
const LONGEST_WORD = 300;

/** A text whose words may be URLs, or very long. */
export function presentable(text: string): string {
  const words = text.split(/([\s'"]+)/);
  return words.map((word) => shortened(masked(word), LONGEST_WORD)).join("");
}

/** The beginning of a text that has more characters. */
export function shortened(text: string, most = 60): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}

/** `ftp://me:secret@host/` → `ftp://…@host/`, and `me:secret@host` → `…@host` */
function masked(word: string): string {
  const [at, scheme] = [word.lastIndexOf("@"), word.indexOf("://")];
  if (at === -1) return word;
  if (scheme !== -1 && scheme < at) return `${word.slice(0, scheme + 3)}…${word.slice(at)}`;
  const colon = word.lastIndexOf(":", at);
  if (colon === -1) return word;
  const start = Math.max(word.lastIndexOf("=", colon), word.lastIndexOf("/", colon)) + 1;
  return `${word.slice(0, start)}…${word.slice(at)}`;
}
