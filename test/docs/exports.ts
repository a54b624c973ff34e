/** The exports that a document lists in its tables, whose rows end in the part that has them. */
import { readFileSync } from "node:fs";
import { root } from "./blocks.js";

export interface Listed {
  /** A folder of src. */
  readonly part: string;
  readonly names: readonly string[];
}

/** A row reads `| what for | \`name\`, \`name\` | part |`. */
const ROW = /^\|[^|]*\|([^|]*)\| ([a-z]+) \|$/gm;

export function exportsListed(document: string): Listed[] {
  const text = readFileSync(new URL(document, root), "utf8").replaceAll("\r\n", "\n");
  const parts = new Map<string, string[]>();
  for (const [, cell, part] of text.matchAll(ROW)) {
    const names = [...(cell as string).matchAll(/`(\w+)`/g)].map(([, name]) => name as string);
    parts.set(part as string, [...(parts.get(part as string) ?? []), ...names]);
  }
  return [...parts].map(([part, names]) => ({ part, names }));
}
