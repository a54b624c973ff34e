/** Words as a shell takes them, for commands that are shown. */
import { visible } from "./visible.js";

/** A word as a POSIX shell takes it. */
export function quoted(word: string): string {
  if (/^[\w./:=,@%+-]+$/.test(word)) return word;
  const shown = visible(word);
  // Bash, zsh and most other shells read such escapes.
  if (shown !== word) return `$'${visible(word.replace(/[\\']/g, "\\$&"))}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
