import { describe, expect, test } from "vitest";
import { isRecord, isText, listOf, orMissing, orNull, parsedJson } from "../src/json.js";

test("a text that is not JSON is undefined", () => {
  expect(parsedJson('{"a": [1, null]}')).toEqual({ a: [1, null] });
  for (const text of ["", "{", "undefined", '{"a":1} 2']) expect(parsedJson(text)).toBeUndefined();
});

describe("a record", () => {
  const checks = {
    name: isText,
    tags: listOf(isText),
    note: orMissing(isText),
    by: orNull(isText),
  };
  const whole = { name: "a", tags: ["b", "c"], by: null };
  const isWhole = (value: unknown) => isRecord<typeof checks>(value, checks);

  test.each([
    ["all that is checked", whole],
    ["other fields, too", { ...whole, more: 1 }],
    ["what may be missing", { ...whole, note: "d" }],
    ["what may be null", { ...whole, by: "e" }],
    ["an empty list", { ...whole, tags: [] }],
  ])("has %s", (_, value) => {
    expect(isWhole(value)).toBe(true);
  });

  test.each([
    ["null", null],
    ["a text", "name"],
    ["nothing", undefined],
    ["a record that lacks a field", { ...whole, name: undefined }],
    ["null in the place of what may be missing", { ...whole, note: null }],
    ["nothing in the place of what may be null", { name: "a", tags: [] }],
    ["another item in a list", { ...whole, tags: ["b", 1] }],
    ["a text in the place of a list", { ...whole, tags: "b" }],
  ])("is not %s", (_, value) => {
    expect(isWhole(value)).toBe(false);
  });
});
