import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CatalogueEntry } from "../../../src/data/remote/index.js";
import { temporaryDirectory } from "../fixtures.js";
import { attempt, entryOf, found, packed, wrong } from "./fake.js";
import { type Answer, serve, serveProxy, stalledInTheMiddle, status, whole } from "./server.js";
import { certificate, serveByTls } from "./tls.js";

const library = new URL("../../../dist/src/data/remote/index.js", import.meta.url).href;

const program = `
  import { obtainDataset } from ${JSON.stringify(library)};
  const [entry, cacheDir] = process.argv.slice(1);
  const { HTTPS_PROXY } = process.env;
  await obtainDataset(JSON.parse(entry), { cacheDir, env: { HTTPS_PROXY } });
`;

/** Starts a process that obtains the data set. */
function start(
  entry: CatalogueEntry,
  cacheDir: string,
  extra: NodeJS.ProcessEnv = {},
): ChildProcess {
  const args = ["--input-type=module", "--eval", program, JSON.stringify(entry), cacheDir];
  const env = { ...process.env, HTTPS_PROXY: "", ...extra };
  return spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
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

test("the certificate that NODE_EXTRA_CA_CERTS names is trusted, directly and through a proxy", async () => {
  const cacheDir = temporaryDirectory();
  const NODE_EXTRA_CA_CERTS = join(cacheDir, "certificate.pem");
  writeFileSync(NODE_EXTRA_CA_CERTS, certificate);
  const url = await serveByTls(whole(packed));
  const { port } = new URL(url);
  const { url: HTTPS_PROXY, seen } = await serveProxy(status(500), { to: Number(port) });
  for (const [mirror, extra] of [
    [url, {}],
    [`https://localhost:${port}/`, { HTTPS_PROXY }],
  ] as const) {
    const child = start(entryOf([mirror]), cacheDir, { NODE_EXTRA_CA_CERTS, ...extra });
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(found(cacheDir)).toEqual({ files: ["file"], right: true });
    rmSync(join(cacheDir, "fake"), { recursive: true });
  }
  expect(seen).toEqual([{ request: `CONNECT localhost:${port}` }]);
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
