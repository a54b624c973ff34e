/** Links within the documents lead somewhere, and the table of parts is the one that is enforced. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { documents, root } from "./blocks.js";

const textOf = (document: URL) =>
  readFileSync(document, "utf8")
    .replaceAll("\r\n", "\n")
    .replace(/^```.*?^```$/gms, "");

/** A heading's name in links, as GitHub has it: `## A j of j!` → `a-j-of-j`. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\p{Mark}\- ]/gu, "")
    .replaceAll(" ", "-");

test.each(documents)(
  "every link of %s leads to a file, and to a heading if it names one",
  (name) => {
    const document = new URL(name, root);
    const text = textOf(document);
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(
      ([, link]) => link as string,
    );
    const broken = links.filter((link) => {
      const target = new URL(link, document);
      const anchor = decodeURIComponent(target.hash.slice(1));
      target.hash = "";
      if (!existsSync(target)) return true;
      const headings = anchor ? [...textOf(target).matchAll(/^#+ (.*)$/gm)] : [];
      return (
        anchor !== "" && !headings.some(([, heading]) => anchorOf(heading as string) === anchor)
      );
    });
    expect(broken).toEqual([]);
  },
);

describe("the table of parts in docs/architecture.md", () => {
  interface Rule {
    readonly name: string;
    readonly comment?: string;
  }
  const { forbidden } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as {
    forbidden: readonly Rule[];
  };
  const enforced = new Map(
    forbidden.flatMap(({ comment = "" }): [string, string][] => {
      const [, part, parts] = /^src\/(\w+) may import (.*)\.$/.exec(comment) ?? [];
      return part === undefined ? [] : [[part, parts as string]];
    }),
  );
  const rows = textOf(new URL("docs/architecture.md", root)).matchAll(
    /^\| \[`src\/(\w+)`\].*\| ([^|]*) \|$/gm,
  );
  const stated = new Map([...rows].map(([, part, parts]) => [part as string, parts as string]));

  test("has every part", () => {
    expect([...stated.keys()].sort()).toEqual([...enforced.keys()].sort());
  });

  test.each([...stated])("src/%s may import %s", (part, parts) => {
    const sorted = (list = "") => list.split(", ").sort();
    const expected = enforced.get(part) === "no other part" ? "nothing" : enforced.get(part);
    expect(sorted(parts)).toEqual(sorted(expected));
  });
});
