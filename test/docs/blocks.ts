/** The fenced blocks of a Markdown document. */
import { readdirSync, readFileSync } from "node:fs";

export interface Block {
  /** The document, and the line where the block's text begins: `docs/the-note.md:12`. */
  readonly place: string;
  readonly text: string;
  /** The last heading before it. */
  readonly heading: string;
  /** The `text` block that follows it with nothing but a blank line between: what a program prints. */
  readonly output?: string;
}

export const root = new URL("../../", import.meta.url);

/** All documents, by their paths. */
export const documents: readonly string[] = [
  ...["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "data/README.md", "bench/README.md"],
  ...readdirSync(new URL("docs", root))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The blocks whose opening fence says exactly this (such as `ts`), in the document's order. */
export function blocksOf(document: string, language: string): Block[] {
  const lines = readFileSync(new URL(document, root), "utf8").split(/\r?\n/);
  const blocks: Block[] = [];
  let heading = "";
  for (let i = 0; i < lines.length; i++) {
    const fence = /^```(.*)$/.exec(lines[i]!);
    if (fence === null) {
      if (lines[i]!.startsWith("#")) heading = lines[i]!.replace(/^#+ /, "");
      continue;
    }
    const text = fenced(lines, i);
    const end = i + text.length + 1;
    if (fence[1] === language) {
      const follows = lines[end + 1] === "" && lines[end + 2] === "```text";
      blocks.push({
        place: `${document}:${i + 2}`,
        text: text.join("\n"),
        heading,
        ...(follows && { output: fenced(lines, end + 2).join("\n") }),
      });
    }
    i = end;
  }
  return blocks;
}

/** The lines between an opening fence and the closing one. */
function fenced(lines: readonly string[], opening: number): string[] {
  return lines.slice(opening + 1, lines.indexOf("```", opening + 1));
}
