import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../../src/data/generated/", import.meta.url);

/** What IEEE 754 and ECMAScript define to the last bit; the rest of `Math` may differ by engine. */
const EXACT = new Set(["abs", "ceil", "floor", "max", "min", "round", "sqrt"]);

describe.each([...readdirSync(folder), "../pictures/normalise.ts"])("%s", (file) => {
  const code = readFileSync(new URL(file, folder), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");

  test("computes the same bits on every machine: no inexact function, no power operator", () => {
    const used = [...code.matchAll(/Math\.(\w+)/g)].map(([, name]) => name);
    expect(used.filter((name) => !EXACT.has(name ?? ""))).toEqual([]);
    expect(code).not.toContain("**");
  });

  test("imports nothing but its like, the seeded random numbers, and words for errors", () => {
    const imported = [...code.matchAll(/import (?!type)[^"]+ from "([^"]+)"/g)];
    const known = /^(\.\/\w+\.js|\.\.\/pictures\/normalise\.js|\.\.\/\.\.\/(random|given)\.js)$/;
    expect(imported.filter(([, name]) => !known.test(name ?? ""))).toEqual([]);
  });
});
