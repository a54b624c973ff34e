/** The page stays small, and has the library once. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const PAGE = fileURLToPath(new URL("../../dist/page", import.meta.url));

/** In bytes, packed with gzip, without data sets and saved networks. */
const MOST = 150_000;

const files = readdirSync(PAGE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

test("all files of the page together are at most 150 kB packed", () => {
  const sizes = files.map((file) => [file, gzipSync(readFileSync(file)).length] as const);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  const largest = sizes.toSorted(([, a], [, b]) => b - a).slice(0, 5);
  expect(sum, `the largest: ${largest.join("; ")}`).toBeLessThanOrEqual(MOST);
});

test("the engine is in one file, which all workers import", () => {
  const scripts = files.filter((file) => file.endsWith(".js"));
  // What only the engine says.
  const said = "the threads have not started";
  expect(scripts.filter((file) => readFileSync(file, "utf8").includes(said))).toHaveLength(1);
});
