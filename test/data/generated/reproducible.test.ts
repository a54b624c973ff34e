import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../../src/data/generated/", import.meta.url);

/** What IEEE 754 and ECMAScript define to the last bit; the rest of `Math` may differ by engine. */
const EXACT = new Set(["abs", "ceil", "floor", "max", "min", "round", "sqrt"]);

describe.each(readdirSync(folder))("%s", (file) => {
  const code = readFileSync(new URL(file, folder), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");

  test("computes the same bits on every machine: no inexact function, no power operator", () => {
    const used = [...code.matchAll(/Math\.(\w+)/g)].map(([, name]) => name);
    expect(used.filter((name) => !EXACT.has(name ?? ""))).toEqual([]);
    expect(code).not.toContain("**");
  });

  test("imports nothing but its neighbours and the seeded random numbers", () => {
    const imported = [...code.matchAll(/from "([^"]+)"/g)].map(([, name]) => name);
    expect(
      imported.filter((name) => !/^(\.\/\w+\.js|\.\.\/\.\.\/random\.js)$/.test(name ?? "")),
    ).toEqual([]);
  });
});
