import { describe, expect, test } from "vitest";
import { withRemedy } from "../../../src/cli/errors/remedies.js";
import { DataError } from "../../../src/data/index.js";

describe("an error in words", () => {
  test.each([
    {
      message: "There is no room: choose another.",
      words: "There is no room: choose another (--cache-dir <dir>).",
    },
    {
      message: "there is no room. choose another",
      words: "there is no room. choose another (--cache-dir <dir>)",
    },
  ])("names the flags of its remedy at the end: $message", ({ message, words }) => {
    expect(withRemedy(new DataError(message, { remedy: "other cache" }))).toBe(words);
  });

  test("is its message where it proposes nothing", () => {
    for (const error of [new DataError("No."), new Error("No.")])
      expect(withRemedy(error)).toBe("No.");
  });
});
