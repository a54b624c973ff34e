import { openSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attempt, attemptToRead, attemptToWrite } from "../../src/files/attempt.js";
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
const endless = (): number => 1 + endless();
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

  test("says what helps to read, or to write, if that is known", async () => {
    const failed = (code: string) => {
      throw Object.assign(new Error("it says no"), { code });
    };
    const read = (code: string) => () => attemptToRead(() => failed(code), errorFor);
    expect(read("ENOENT")).toThrow("cannot do it: it says no; check the name");
    expect(read("EACCES")).toThrow("cannot do it: it says no; make it readable");
    expect(read("ELOOP")).toThrow(/it says no; check the name$/);
    expect(read("ENAMETOOLONG")).toThrow(/it says no; check the name$/);
    expect(read("EIO")).toThrow(/it says no; see whether the disk is sound, and try again$/);
    expect(read("EUNKNOWN")).toThrow(/it says no$/);
    const write = (code: string) => () => attemptToWrite(() => failed(code), errorFor);
    expect(write("ENOENT")).toThrow("it says no; create the folder first, or choose another");
    for (const code of ["EISDIR", "ELOOP", "ENAMETOOLONG", "EINVAL", "NOT_REGULAR"]) {
      expect(write(code)).toThrow(/; choose another name$/);
    }
    expect(write("EIO")).toThrow("see whether the disk is sound, or choose a folder on another");
    expect(write("EFBIG")).toThrow("raise the limit on the size of files (ulimit -f), or");
    expect(write("EUNKNOWN")).toThrow("it says no; choose another folder");
    for (const attempted of [read, write]) {
      expect(attempted("EMFILE")).toThrow("or raise the limit on open files (ulimit -n)");
      expect(attempted("EBUSY")).toThrow(/it says no; close what uses it, and try again$/);
      expect(attempted("ESTALE")).toThrow(/it says no; try again$/);
    }
  });

  test("fails with a lack of memory in the same way", async () => {
    const error = new RangeError("Array buffer allocation failed");
    for (const action of failing(error)) {
      const message = "cannot do it: Array buffer allocation failed";
      await expect(outcomeOf(action)).rejects.toMatchObject({ message, cause: error });
    }
  });

  test("fails with a file that is too large in the same way", async () => {
    const code = "ERR_FS_FILE_TOO_LARGE";
    const error = Object.assign(new RangeError("File size is greater than 2 GiB"), { code });
    for (const action of failing(error)) {
      await expect(outcomeOf(action)).rejects.toMatchObject({ cause: error });
    }
  });

  test("fails with other errors as they are", async () => {
    for (const error of [new TypeError("a defect"), new Error("of this program"), undefined]) {
      for (const action of failing(error)) await expect(outcomeOf(action)).rejects.toBe(error);
    }
  });

  test.each([
    ["an impossible length", () => new Array(-1)],
    ["too many digits", () => (1).toFixed(200)],
    ["a place outside of a buffer", () => Buffer.alloc(1).readUInt32LE(0)],
    ["a mode that there is none of", () => openSync("/", "unknown")],
    ["a number for a name", () => readFileSync(1.5 as unknown as string)],
    ["a call without end", () => endless()],
  ])("fails with a defect as it is: %s", async (_, action) => {
    await expect(outcomeOf(action)).rejects.not.toThrow(/cannot do it/);
    await expect(outcomeOf(async () => action())).rejects.not.toThrow(/cannot do it/);
  });
});

test("a remedy is for what stands in the way", () => {
  const remedies = { full: "make room", closed: "make it writable" };
  const remedy = (code: string) => remedyAmong(Object.assign(new Error(), { code }), remedies);
  expect(["ENOSPC", "EDQUOT"].map(remedy)).toEqual(["make room", "make room"]);
  expect(["EACCES", "EROFS"].map(remedy)).toEqual(["make it writable", "make it writable"]);
  expect(["ENOENT", "EIO", "constructor"].map(remedy)).toEqual([undefined, undefined, undefined]);
  expect(remedy("ENOMEM")).toBe("close other programs");
  expect(remedyAmong(undefined, remedies)).toBeUndefined();
});
