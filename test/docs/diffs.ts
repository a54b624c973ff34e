/**
 * Unified diffs without line numbers: each hunk finds its place by its context, which must be unique. A
 * new file is made of /dev/null, in one hunk.
 */

export interface Change {
  readonly file: string;
  readonly isNew: boolean;
  readonly hunks: readonly { readonly before: string; readonly after: string }[];
}

export function parseDiff(text: string): Change[] {
  const sections = text.split(/^(?=--- (?:a\/|\/dev\/null))/m);
  return sections.map((section) => {
    const [before, after, ...lines] = section.split("\n");
    const hunks = lines
      .join("\n")
      .split(/^@@$\n?/m)
      .slice(1);
    return {
      file: (after as string).replace("+++ b/", ""),
      isNew: before === "--- /dev/null",
      hunks: hunks.map((hunk) => ({ before: side(hunk, "-"), after: side(hunk, "+") })),
    };
  });
}

/** Throws if a hunk's place is not there, or there twice. */
export function applyChange(source: string, { file, hunks }: Change): string {
  const changed = hunks.reduce((text, { before, after }) => {
    const place = text.indexOf(before);
    if (place < 0) throw new Error(`${file} has no place like\n${before}`);
    if (text.includes(before, place + 1)) throw new Error(`${file} has two places like\n${before}`);
    return text.slice(0, place) + after + text.slice(place + before.length);
  }, `\n${source}`);
  return changed.slice(1);
}

/** The whole lines of a hunk that are there before (`-`) or after it (`+`), and those that stay. */
function side(hunk: string, sign: "-" | "+"): string {
  const lines = hunk.replace(/\n$/, "").split("\n");
  const kept = lines.filter((line) => line.startsWith(sign) || !/^[-+]/.test(line));
  return `\n${kept.map((line) => `${line.slice(1)}\n`).join("")}`;
}
