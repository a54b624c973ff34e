import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../../../src/data/deformed/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" });

/** What IEEE 754 and ECMAScript define to the last bit; the rest of `Math` may differ by engine. */
const EXACT = new Set(["PI", "abs", "ceil", "floor", "max", "min", "sqrt"]);

test.each(files.filter((file) => file.endsWith(".ts")))(
  "%s computes the same bits on every machine: no inexact function, no power, no relaxed SIMD",
  (file) => {
    const text = readFileSync(new URL(file.replaceAll("\\", "/"), folder), "utf8");
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const used = [...code.matchAll(/Math\.(\w+)/g)].map(([, name]) => name);
    expect(used.filter((name) => !EXACT.has(name ?? ""))).toEqual([]);
    expect(code).not.toContain("**");
    expect(code).not.toMatch(/relaxed/);
  },
);
