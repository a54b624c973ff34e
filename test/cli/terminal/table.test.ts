import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableText } from "../../../src/cli/terminal/table.js";

const columns = [
  { head: "run", of: ({ run }: Row) => run },
  { head: "best on validation", of: ({ best }: Row) => best },
  { head: "time", of: ({ time }: Row) => time },
];

interface Row {
  readonly run: string;
  readonly best: string;
  readonly time: string;
}

const rows = [
  { run: "a", best: "91.25%", time: "1.50 s" },
  { run: "b, which has 2 more seeds", best: "9.00%", time: "12.25 s" },
];

/** The lines on a terminal of so many columns; off one if they are undefined. */
function lines(width: number | undefined, of: readonly Row[] = rows): string[] {
  const stream = { isTTY: width !== undefined, columns: width } as NodeJS.WriteStream;
  return tableText(of, columns, stream, { NO_COLOR: "1" });
}

describe("a table", () => {
  test.each([undefined, 80, 54])("has a line for each row in %s columns", (width) => {
    expect(lines(width)).toEqual([
      "",
      "run                        best on validation     time",
      "a                                      91.25%   1.50 s",
      "b, which has 2 more seeds               9.00%  12.25 s",
    ]);
  });

  test("has room for spaces in a row in names", () => {
    for (const run of [
      " with a space before it",
      "two  spaces and  more",
      `${"a".repeat(16)}  ${"b".repeat(16)}`,
    ]) {
      for (const width of [20, 30, 40, 50]) {
        expect(() => lines(width, [{ run, best: "1%", time: "1 s" }])).not.toThrow();
      }
    }
  });

  test.each([53, 46])("breaks heads between words in %d columns", (width) => {
    expect(lines(width)).toEqual([
      "",
      "                              best on",
      "run                        validation     time",
      "a                              91.25%   1.50 s",
      "b, which has 2 more seeds       9.00%  12.25 s",
    ]);
  });

  test.each([45, 44])("has a column for each row in %d columns", (width) => {
    expect(lines(width)).toEqual([
      "",
      "                            b, which has 2",
      "run                 a       more seeds",
      "best on validation  91.25%  9.00%",
      "time                1.50 s  12.25 s",
    ]);
  });

  test.each([41, 5])("has columns below each other in %d columns", (width) => {
    expect(lines(width)).toEqual([
      ...["", "run                 a", "best on validation  91.25%", "time                1.50 s"],
      ...["", "                    b, which has 2", "run                 more seeds"],
      ...["best on validation  9.00%", "time                12.25 s"],
    ]);
  });

  test("is never wider than its terminal, which has room for heads and the widest column", () => {
    const word = fc.stringMatching(/^[a-zé😀]{1,9}$/u);
    const row = fc.record({ run: word, best: word, time: word });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1 }),
        fc.integer({ min: 29, max: 60 }),
        (rows, width) => {
          for (const line of lines(width, rows))
            expect([...line].length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
