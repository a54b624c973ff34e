import { truncateSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { readImages } from "../../../src/data/index.js";
import { fileOf } from "../fixtures.js";

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>();
  return { ...actual, readFile: vi.fn(actual.readFile) };
});
beforeEach(() => {
  vi.mocked(readFile).mockClear();
});

describe("a file of images that is of no kind known", () => {
  test.each([
    { what: "text", bytes: Buffer.from("seven") },
    { what: "one letter", bytes: Buffer.from("7") },
    { what: "the first byte of gzip alone", bytes: Buffer.of(0x1f, 0, 0, 0) },
    { what: "the second byte of gzip alone", bytes: Buffer.of(0x41, 0x8b, 0, 0) },
    { what: "one zero", bytes: Buffer.of(0, 1, 8, 3) },
  ])("is refused with what to do: $what", async ({ bytes }) => {
    const file = fileOf(bytes);
    await expect(readImages(file)).rejects.toThrow(
      `${file} is neither a PNG or JPEG picture nor an IDX file: convert it to PNG or JPEG first.`,
    );
  });

  test("is called by its name if it is of another kind that is known", async () => {
    const file = fileOf(Buffer.from("GIF89a"));
    await expect(readImages(file)).rejects.toThrow(
      `${file} is in the format GIF, which is not read: convert it to PNG or JPEG.`,
    );
  });

  test.each([
    { what: "nothing", bytes: Buffer.of() },
    { what: "the beginning of an IDX file", bytes: Buffer.of(0, 0, 8) },
  ])("and is no IDX file either: $what", async ({ bytes }) => {
    await expect(readImages(fileOf(bytes))).rejects.toThrow(/IDX|header|truncated|empty/);
  });
});

test.each([
  { what: "text", start: "seven", says: "is neither a PNG or JPEG picture nor an IDX file" },
  { what: "of another kind", start: "GIF89a", says: "is in the format GIF" },
  {
    what: "PNG",
    start: "\x89PNG\r\n\x1a\n",
    says: "has 1000000000 bytes; expected at most 200000000",
  },
  { what: "JPEG", start: "\xff\xd8\xff", says: "has 1000000000 bytes; expected at most 200000000" },
  { what: "zeros", start: "\0\0\0\0", says: "is not an IDX file" },
])("a very large file is refused without being read: $what", async ({ start, says }) => {
  const file = fileOf(Buffer.from(start, "latin1"));
  truncateSync(file, 1e9);
  await expect(readImages(file)).rejects.toThrow(`${file} ${says}`);
  expect(readFile).not.toHaveBeenCalled();
});
