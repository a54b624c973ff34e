/**
 * Figures as they were when somebody last looked at them, rendered in a browser, light and dark. Where
 * a figure is to change, `GOLDEN=write npx vitest run test/charts` writes them anew: look at them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { examples, largeSheet, widths } from "./examples.js";

const { GOLDEN } = process.env;

const cases = Object.entries(examples).flatMap(([name, draw]) =>
  Object.entries(widths).map(([size, width]) => ({ file: `${name}-${size}.svg`, draw, width })),
);

describe("a figure", () => {
  test.each(cases)("is as it was looked at: $file", ({ file, draw, width }) => {
    const golden = new URL(`golden/${file}`, import.meta.url);
    const svg = draw(width);
    if (GOLDEN === "write") writeFileSync(golden, svg);
    expect(svg).toBe(readFileSync(golden, "utf8"));
  });

  test("has ids of its own", () => {
    const ids = cases.flatMap(({ draw, width }) => draw(width).match(/ id="[^"]*"/g) as string[]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("of a hundred digits is not much larger than they are", () => {
    expect(largeSheet().length).toBeLessThan(100_000);
  });
});
