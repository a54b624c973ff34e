import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cacheRoot, catalogue, clear, glance, inspect } from "../../../src/data/remote/index.js";
import { directoryOf, temporaryDirectory } from "../fixtures.js";
import { attempt, content, entryOf, packed, packedFile, unpackedFile } from "./fake.js";
import { serve, whole } from "./server.js";

const flipped = content.map((byte, i) => (i === 150_000 ? byte ^ 1 : byte));

/** A cache that has these files of the fake data set. */
function cacheOf(files: Record<string, Uint8Array>): string {
  const cacheDir = temporaryDirectory();
  directoryOf(files, join(cacheDir, "fake"));
  return cacheDir;
}

describe("what is in the cache", () => {
  test.each([
    { form: "unpacked", file: unpackedFile, files: { file: content } },
    {
      form: "packed, though a download would be stored unpacked",
      file: unpackedFile,
      files: { "file.gz": packed },
    },
    { form: "packed", file: packedFile, files: { "file.gz": packed } },
  ])("is used without a request: $form", async ({ file, files }) => {
    const { url, requests } = await serve(whole(packed));
    const cacheDir = cacheOf(files);
    expect(await attempt(entryOf([url], file), { cacheDir })).toMatchObject({
      error: undefined,
      messages: [],
    });
    expect(requests).toEqual([]);
  });

  test.each([
    { what: "corrupt", file: unpackedFile, name: "file", bytes: flipped, says: "is corrupt" },
    {
      what: "truncated",
      file: unpackedFile,
      name: "file",
      bytes: content.subarray(1),
      says: `has ${content.length - 1} bytes instead of ${content.length}`,
    },
    {
      what: "too long",
      file: unpackedFile,
      name: "file",
      bytes: Buffer.concat([content, content]),
      says: "has more than the",
    },
    {
      what: "empty",
      file: packedFile,
      name: "file.gz",
      bytes: Buffer.alloc(0),
      says: "has 0 bytes instead of",
    },
  ])("is noticed if it is $what, said, and fetched again", async ({ file, name, bytes, says }) => {
    const { url } = await serve(whole(packed));
    const cacheDir = cacheOf({ [name]: bytes });
    const outcome = await attempt(entryOf([url], file), { cacheDir });
    expect(outcome).toMatchObject({ error: undefined, right: true, files: [name] });
    expect(outcome.messages).toEqual([
      expect.stringContaining(`${join(cacheDir, "fake", name)} ${says}`),
    ]);
  });

  test("is told by length alone at a glance, and by content on inspection", async () => {
    const directory = join(cacheOf({ file: flipped }), "fake");
    expect(await glance(directory, unpackedFile)).toEqual({ is: "right", bytes: content.length });
    expect(await inspect(directory, unpackedFile)).toMatchObject({ is: "wrong" });
    writeFileSync(join(directory, "file"), "short");
    expect(await glance(directory, unpackedFile)).toMatchObject({ is: "wrong" });
    expect(await glance(temporaryDirectory(), unpackedFile)).toEqual({ is: "absent" });
  });
});

test("what a process left unfinished is removed when its file is fetched again", async () => {
  const name = ".file.01234567-1-89abcdef.part";
  const cacheDir = cacheOf({ [name]: content });
  utimesSync(join(cacheDir, "fake", name), 0, 0);
  const { url } = await serve(whole(packed));
  expect((await attempt(entryOf([url]), { cacheDir })).files).toEqual(["file"]);
});

describe("clearing", () => {
  const entry = entryOf([]);

  test("removes all forms, unfinished files and the directory", async () => {
    const cacheDir = cacheOf({
      file: content,
      "file.gz": packed,
      ".file.01234567-1-89abcdef.part": content,
      ".file.gz.01234567-1-89abcdef.part": content,
    });
    expect(await clear(join(cacheDir, "fake"), entry)).toBe(true);
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  test("leaves what is not of the data set", async () => {
    const cacheDir = cacheOf({
      file: content,
      "notes.txt": content,
      ".notes.01234567-1-89abcdef.part": content,
    });
    mkdirSync(join(cacheDir, "fake", "file.gz"));
    expect(await clear(join(cacheDir, "fake"), entry)).toBe(true);
    const left = [".notes.01234567-1-89abcdef.part", "file.gz", "notes.txt"];
    expect(readdirSync(join(cacheDir, "fake")).sort()).toEqual(left);
  });

  test("of nothing says so", async () => {
    expect(await clear(join(temporaryDirectory(), "fake"), entry)).toBe(false);
  });
});

test("the cache is where the conventions of the platform have it", () => {
  expect(cacheRoot()).toContain("train-mnist");
});

test("the catalogue has well-formed digests, sizes and URLs, and each name once", () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  for (const { mirrors, files } of catalogue) {
    for (const mirror of mirrors) expect(new URL(mirror).href).toBe(mirror);
    for (const mirror of mirrors) expect(mirror.endsWith("/")).toBe(true);
    expect(files.length).toBe(4);
    const digests = files.flatMap(({ forms }) => forms.map(({ digest }) => digest));
    expect(new Set(digests.map(({ hex }) => hex)).size).toBe(digests.length);
    for (const { algorithm, hex } of digests) {
      expect(hex).toMatch(algorithm === "sha256" ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{32}$/);
    }
  }
});
