import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableText } from "../../../src/cli/terminal/table.js";
import { columnsOf, cut, padEnd, padStart } from "../../../src/cli/terminal/width.js";
import { wrapped } from "../../../src/cli/terminal/wrapped.js";

describe("the width of a text", () => {
  test.each([
    { what: "letters", text: "loss η ─█", columns: 9 },
    { what: "Chinese and Japanese", text: "数字の7", columns: 7 },
    { what: "Korean, in one form and the other", text: "한\u1112\u1161\u11ab", columns: 4 },
    { what: "an emoji", text: "🚀", columns: 2 },
    { what: "several emoji joined to one", text: "👨‍👩‍👧", columns: 2 },
    { what: "marks upon letters", text: "x\u0304e\u0301", columns: 2 },
    { what: "marks of other scripts", text: "\u0e01\u0e35\u0e48\u05d0\u05b8", columns: 2 },
    { what: "colours", text: "\u001b[1m数\u001b[22m", columns: 2 },
  ])("of $what is $columns columns", ({ text, columns }) => {
    expect(columnsOf(text)).toBe(columns);
  });

  test("is filled up, or cut", () => {
    expect(padEnd("数", 4)).toBe("数  ");
    expect(padStart("é", 3)).toBe("  é");
    expect(padEnd("数字", 3)).toBe("数字");
    expect(cut("数字数字", 5)).toBe("数字");
    expect(cut("digits", 6)).toBe("digits");
  });
});

const words = fc.array(fc.constantFrom("数字", "e\u0301t", "🚀", "run", "한글"), { minLength: 1 });

test("wrapped lines are no wider than there is room for", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 8, max: 30 }), (all, width) => {
      for (const row of wrapped(all.join(" "), width).split("\n")) {
        expect(columnsOf(row)).toBeLessThanOrEqual(width);
      }
    }),
  );
});

test("the columns of a table stand below each other", () => {
  const columns = [
    { head: "run", of: (name: string) => name },
    { head: "n", of: () => "1" },
  ];
  const stream = { isTTY: true, columns: 40 } as NodeJS.WriteStream;
  const [, ...lines] = tableText(["数字", "run", "e\u0301"], columns, stream, { NO_COLOR: "1" });
  expect(lines).toEqual(["run   n", "数字  1", "run   1", "e\u0301     1"]);
});
