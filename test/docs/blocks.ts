/** The fenced blocks of a Markdown document. */
import { readFileSync } from "node:fs";

export interface Block {
  /** The document, and the line where the block's text begins: `docs/the-note.md:12`. */
  readonly place: string;
  readonly text: string;
  /** The last heading before it. */
  readonly heading: string;
}

export const root = new URL("../../", import.meta.url);

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
    const length = lines.slice(i + 1).indexOf("```");
    const text = lines.slice(i + 1, i + 1 + length).join("\n");
    if (fence[1] === language) blocks.push({ place: `${document}:${i + 2}`, text, heading });
    i += length + 1;
  }
  return blocks;
}
