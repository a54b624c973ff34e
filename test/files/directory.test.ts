import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeDirectory } from "../../src/files/directory.js";
import { systemReason } from "../../src/files/reason.js";
import { temporaryDirectory } from "../data/fixtures.js";

test("folders are made with those that they are in, and may be there", async () => {
  const folder = join(temporaryDirectory(), "a", "b");
  await makeDirectory(folder);
  await makeDirectory(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test.each([["file"], ["file", "folder"]])(
  "there is no folder where a file is: %s",
  async (...names) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "file"), "");
    const error = await makeDirectory(join(directory, ...names)).catch((error: unknown) => error);
    expect(systemReason(error)).toBe("the path, or a part of it, is a file, not a folder");
  },
);
