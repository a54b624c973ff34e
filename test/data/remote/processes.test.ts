import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import type { CatalogueEntry } from "../../../src/data/remote/index.js";
import { temporaryDirectory } from "../fixtures.js";
import { attempt, entryOf, found, packed, wrong } from "./fake.js";
import { type Answer, serve, stalledInTheMiddle, whole } from "./server.js";

const library = new URL("../../../dist/src/data/remote/index.js", import.meta.url).href;

const program = `
  import { obtainDataset } from ${JSON.stringify(library)};
  const [entry, cacheDir] = process.argv.slice(1);
  await obtainDataset(JSON.parse(entry), { cacheDir, env: {} });
`;

/** Starts a process that obtains the data set. */
function start(entry: CatalogueEntry, cacheDir: string): ChildProcess {
  const args = ["--input-type=module", "--eval", program, JSON.stringify(entry), cacheDir];
  return spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
}

describe("processes at once", () => {
  test("that fetch the same file each succeed, and leave the file and nothing else", async () => {
    const waiting: (() => void)[] = [];
    const together: Answer = (request, response) => {
      waiting.push(() => whole(packed)(request, response));
      if (waiting.length === 3) for (const answer of waiting) answer();
    };
    const { url } = await serve(together);
    const cacheDir = temporaryDirectory();
    const children = [1, 2, 3].map(() => start(entryOf([url]), cacheDir));
    const codes = await Promise.all(children.map((child) => once(child, "exit")));
    expect(codes).toEqual([1, 2, 3].map(() => [0, null]));
    expect(found(cacheDir)).toEqual({ files: ["file"], right: true });
  });

  test("of which one gets wrong bytes do not damage what the other has stored", async () => {
    const cacheDir = temporaryDirectory();
    const good = await serve(whole(packed));
    const bad = await serve((request, response) => {
      attempt(entryOf([good.url]), { cacheDir }).then(() => whole(wrong)(request, response));
    });
    const { error } = await attempt(entryOf([bad.url]), { cacheDir });
    expect(error).toContain("is corrupt");
    expect(found(cacheDir)).toEqual({ files: ["file"], right: true });
  });
});

test("a process killed in mid-download leaves nothing in place, and the next one succeeds and cleans up", async () => {
  const cacheDir = temporaryDirectory();
  let child: ChildProcess | undefined;
  const killer = await serve(stalledInTheMiddle(packed, {}, () => child?.kill("SIGKILL")));
  child = start(entryOf([killer.url]), cacheDir);
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  expect(found(cacheDir)).toEqual({ files: [expect.stringMatching(/\.part$/)], right: false });
  const { url } = await serve(whole(packed));
  expect(await attempt(entryOf([url]), { cacheDir })).toMatchObject({
    error: undefined,
    files: ["file"],
    right: true,
  });
});
