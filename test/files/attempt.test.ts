import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attempt } from "../../src/files/attempt.js";
import { remedyAmong } from "../../src/files/reason.js";
import { temporaryDirectory } from "../data/fixtures.js";

const errorFor = (reason: string, options: ErrorOptions) =>
  new Error(`cannot do it: ${reason}`, options);

/** An action that fails with this at once, and one whose promise does. */
const failing = (error: unknown) => [
  () => {
    throw error;
  },
  () => Promise.reject(error),
];
const outcomeOf = (action: () => unknown) => (async () => attempt(action, errorFor))();

describe("what is attempted", () => {
  test("gives what the action gives, at once or by its promise", async () => {
    expect(attempt(() => 1, errorFor)).toBe(1);
    await expect(attempt(async () => 2, errorFor)).resolves.toBe(2);
  });

  test("fails with the reason of the system in words, and keeps what the system threw", async () => {
    const file = join(temporaryDirectory(), "none");
    for (const action of [() => readFileSync(file), () => readFile(file)]) {
      await expect(outcomeOf(action)).rejects.toMatchObject({
        message: "cannot do it: no such file or directory",
        cause: { code: "ENOENT" },
      });
    }
  });

  test("fails with a lack of memory in the same way", async () => {
    const error = new RangeError("Array buffer allocation failed");
    for (const action of failing(error)) {
      const message = "cannot do it: Array buffer allocation failed";
      await expect(outcomeOf(action)).rejects.toMatchObject({ message, cause: error });
    }
  });

  test("fails with other errors as they are", async () => {
    for (const error of [new TypeError("a defect"), new Error("of this program"), undefined]) {
      for (const action of failing(error)) await expect(outcomeOf(action)).rejects.toBe(error);
    }
  });
});

test("a remedy is for what stands in the way", () => {
  const remedies = { full: "make room", closed: "make it writable" };
  const remedy = (code: string) => remedyAmong(Object.assign(new Error(), { code }), remedies);
  expect(["ENOSPC", "EDQUOT"].map(remedy)).toEqual(["make room", "make room"]);
  expect(["EACCES", "EROFS"].map(remedy)).toEqual(["make it writable", "make it writable"]);
  expect(["ENOENT", "EIO", "constructor"].map(remedy)).toEqual([undefined, undefined, undefined]);
  expect(remedyAmong(undefined, remedies)).toBeUndefined();
});
