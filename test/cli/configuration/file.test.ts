import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/cli/configuration/file.js";
import { UsageError } from "../../../src/cli/errors/kinds.js";

const scalar = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)),
  fc.integer(),
  fc.boolean(),
);
const flatObject = fc.dictionary(
  fc.string({ unit: "binary" }),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 4 })),
);

describe("a configuration", () => {
  test("has the entries of the JSON object, however that is laid out", () => {
    fc.assert(
      fc.property(flatObject, fc.constantFrom("", " ", "\t", "\r\n"), (object, space) => {
        const text = JSON.stringify(object, null, space);
        const entries = parseConfig(`${space}${text}${space}`, "run.json");
        expect(entries.map(({ name, value }) => [name, value])).toEqual(Object.entries(object));
      }),
    );
  });

  test("may begin with a byte order mark", () => {
    expect(parseConfig('\ufeff{"epochs": 3}', "run.json")).toHaveLength(1);
  });

  test("keeps both of two entries of one name, with their lines", () => {
    expect(parseConfig('{"a": 1,\n\n"a": [2]}', "run.json")).toEqual([
      { name: "a", value: 1, line: 1 },
      { name: "a", value: [2], line: 3 },
    ]);
  });

  test("says the line of each of very many entries", () => {
    const entries = Array.from({ length: 50_000 }, (_, i) => `"${i}": ${i}${"\n".repeat(i % 3)}`);
    let line = 1;
    const lines = entries.map((_, i) => {
      const here = line;
      line += i % 3;
      return here;
    });
    const parsed = parseConfig(`{${entries.join(",")}}`, "run.json");
    expect(parsed.map((entry) => entry.line)).toEqual(lines);
  });

  test("is never taken from a text that is no JSON", () => {
    const changed = fc.tuple(
      flatObject,
      fc.nat(),
      fc.constantFrom('"', ",", "}", "{", "[", "0", "x"),
    );
    fc.assert(
      fc.property(changed, ([object, at, character]) => {
        const text = JSON.stringify(object);
        const place = at % (text.length + 1);
        const other = text.slice(0, place) + character + text.slice(place);
        try {
          parseConfig(other, "run.json");
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          return;
        }
        expect(() => JSON.parse(other)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    { what: "nothing", text: "", says: "line 1, column 1: expected '{', found the end" },
    { what: "a list", text: "[1]", says: "line 1, column 1: expected '{', found '['" },
    {
      what: "a comma too many",
      text: '{\n  "epochs": 3,\n}',
      says: "line 3, column 1: expected a name",
    },
    { what: "no comma", text: '{"epochs": 3\n "seed": 4}', says: "line 2, column 2: expected ','" },
    { what: "a leading zero", text: '{"epochs": 03}', says: "line 1, column 13: expected ','" },
    { what: "a bare word", text: '{"cost": softmax}', says: "column 10: expected a string" },
    { what: "null", text: '{"trainSize": null}', says: "column 15: expected a string" },
    { what: "a nested object", text: '{"a": {"b": 1}}', says: "column 7: expected a string" },
    { what: "a nested list", text: '{"hidden": [[30]]}', says: "column 13: expected a string" },
    {
      what: "an open string",
      text: '{"epochs',
      says: "column 2: expected a name in double quotes, found a malformed",
    },
    {
      what: "a line end in a string",
      text: '{"cost": "soft\nmax"}',
      says: "column 10: expected a string",
    },
    {
      what: "text after the end",
      text: '{"epochs": 3} 😀',
      says: "column 15: expected nothing more, found '😀'",
    },
  ])("is not $what", ({ text, says }) => {
    expect(() => parseConfig(text, "run.json")).toThrow(UsageError);
    expect(() => parseConfig(text, "run.json")).toThrow(`run.json, line`);
    expect(() => parseConfig(text, "run.json")).toThrow(says);
  });
});
