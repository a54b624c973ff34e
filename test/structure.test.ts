/** The order of the sources, as far as `npm run imports` does not see to it. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

describe("the sources", () => {
  test("are in folders small enough to look through: eighteen files, fifteen in cli", () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    const most = (folder: string) => (folder === join(root, "cli") ? 15 : 18);
    expect([...counts].filter(([folder, count]) => count > most(folder))).toEqual([]);
  });

  test("have at most 300 lines", () => {
    const lines = (file: string) => readFileSync(file, "utf8").split("\n").length - 1;
    expect(files.filter((file) => lines(file) > 300)).toEqual([]);
  });

  test("name flags in cli alone", () => {
    // The page shows commands to copy, and style sheets have properties that look like flags.
    const parts = files.filter((file) => !/^(cli|page)\b|\.css$/.test(relative(root, file)));
    const flags = parts.flatMap((file) => {
      const code = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, "");
      // The custom properties of figures look like flags.
      return [...code.matchAll(/--(?!chart-)[a-z]{2}[\w-]*/g)].map(([flag]) => `${file}: ${flag}`);
    });
    expect(flags).toEqual([]);
  });
});
