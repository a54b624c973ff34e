import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wrapped } from "../../../src/cli/terminal/wrapped.js";

describe("a wrapped line", () => {
  test.each([
    { line: "a short line", width: 20, rows: ["a short line"] },
    { line: "one two three four", width: 9, rows: ["one two", "  three", "  four"] },
    { line: "of averyverylongword here", width: 8, rows: ["of", "  averyverylongword", "  here"] },
    { line: "  next  steps", width: 80, rows: ["  next  steps"] },
    { line: "", width: 10, rows: [""] },
  ])("of $width columns is $rows", ({ line, width, rows }) => {
    expect(wrapped(line, width).split("\n")).toEqual(rows);
  });

  test("is as wide as it is without its colours", () => {
    expect(wrapped("\u001b[1mone\u001b[22m two", 7)).toBe("\u001b[1mone\u001b[22m two");
  });

  test("has all its words, and no row that is too wide unless a word is", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 14, max: 40 }), (words, width) => {
        const rows = wrapped(words.join(" "), width).split("\n");
        expect(rows.join(" ").split(/ +/)).toEqual(words);
        for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});
