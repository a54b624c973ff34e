import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { directoryOf, labels, smallDataset, temporaryDirectory } from "../../data/fixtures.js";
import { nobody, serve, serveProxy, silent, stalledInTheMiddle } from "../../data/remote/server.js";
import { linesOf, outcomeOf, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";
import { run } from "../../support/here.js";

const IMAGES = "train-images-idx3-ubyte";
const LABELS = "train-labels-idx1-ubyte";

describe("unusable data: exit code 1, one line on stderr that names the file, nothing on stdout", () => {
  test.each([
    { what: "a directory that does not exist", make: () => join(temporaryDirectory(), "none") },
    { what: "a directory without the files", make: () => temporaryDirectory() },
    { what: "a file cut short", names: IMAGES, change: (bytes: Uint8Array) => bytes.slice(0, -1) },
    { what: "another kind of file", names: IMAGES, change: () => Buffer.from("hello, world") },
    { what: "an empty file", names: LABELS, change: () => new Uint8Array(0) },
    { what: "broken gzip", names: LABELS, change: () => Uint8Array.of(0x1f, 0x8b, 8, 0) },
    { what: "a label of 10", names: LABELS, change: () => labels(1, 10, 2) },
    { what: "more labels than images", names: LABELS, change: () => labels(1, 2, 3, 4) },
  ])("$what", async ({ make, names, change }) => {
    const files = smallDataset();
    if (names !== undefined) files[names] = change(files[names]!);
    const directory = make?.() ?? directoryOf(files);
    const { code, stdout, stderr } = await run(["--data-dir", directory]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
    expect(stderr).toContain(join(directory, names ?? ""));
  });
});

/** An environment that names no folder, and in which there is no network. */
async function withoutNetwork(): Promise<NodeJS.ProcessEnv> {
  const proxy = await nobody();
  const proxies = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: "", https_proxy: "" };
  return { ...proxies, TRAIN_MNIST_DATA: "" };
}

describe("the folder with the data", () => {
  const dryRun = async (args: string[], env: NodeJS.ProcessEnv) => {
    const { stdout } = await run(["--json", "--dry-run", "--validation-size", "10", ...args], env);
    return (JSON.parse(linesOf(stdout)[0]!) as { dataset: string }).dataset;
  };

  test("is the one that TRAIN_MNIST_DATA names", async () => {
    const directory = dataDirectory();
    expect(await dryRun([], { TRAIN_MNIST_DATA: directory })).toBe(basename(directory));
  });

  test("is the one that --data-dir names, whatever TRAIN_MNIST_DATA says", async () => {
    const directory = dataDirectory();
    const env = { TRAIN_MNIST_DATA: join(directory, "none") };
    expect(await dryRun(["--data-dir", directory], env)).toBe(basename(directory));
  });

  test("is none where --dataset names a data set, whatever TRAIN_MNIST_DATA says", async () => {
    const env = { TRAIN_MNIST_DATA: dataDirectory() };
    expect(await dryRun(["--dataset", "generated"], env)).toBe("generated");
  });

  test("is none where TRAIN_MNIST_DATA is empty", async () => {
    const args = ["--cache-dir", temporaryDirectory(), "--mirror", await nobody()];
    const env = await withoutNetwork();
    const { stdout, stderr } = await run(["--json", "--dry-run", ...args], env);
    expect(JSON.parse(linesOf(stdout)[0]!)).toMatchObject({ dataset: "generated" });
    expect(linesOf(stderr).at(-1)).toMatch(
      /^Cannot download .*: try again later, .* \(--mirror <url>\) or .* \(--data-dir <dir>\)\. Using generated digits instead\.$/,
    );
  });
});

describe("where nothing is named, and MNIST cannot be had, the generated digits are trained on:", () => {
  /** The data set of a run with these proxies, and what was said before it. */
  async function fallback(proxies: NodeJS.ProcessEnv) {
    const env = { HTTP_PROXY: "", http_proxy: "", https_proxy: "", ...proxies };
    const args = ["--json", "--dry-run", "--cache-dir", temporaryDirectory()];
    const { code, stdout, stderr } = await run(args, { ...env, TRAIN_MNIST_DATA: "" });
    expect(code).toBe(0);
    expect(JSON.parse(linesOf(stdout)[0]!)).toMatchObject({ dataset: "generated" });
    return linesOf(stderr);
  }

  test.each([
    { value: "socks5h://127.0.0.1:9", says: /^HTTPS_PROXY names a proxy by socks5h, [^\n]*\./ },
    { value: "ftp://127.0.0.1:9", says: /^HTTPS_PROXY names a proxy by ftp, [^\n]*\./ },
    { value: "http://me:secret@", says: /^HTTPS_PROXY is not the URL of a proxy: [^\n]*\./ },
    {
      value: "127.0.0.1:9",
      says: /^Cannot download [^\n]+ \(the proxy 127\.0\.0\.1:9 of HTTPS_PROXY: the connection was refused\): set HTTPS_PROXY right or name a folder that has the files \(--data-dir <dir>\)\./,
    },
    {
      value: "http://me:se#c%ret@127.0.0.1:9",
      says: /^Cannot download [^\n]+ \(the proxy 127\.0\.0\.1:9 of HTTPS_PROXY: the connection was refused\)/,
    },
  ])("HTTPS_PROXY is $value", async ({ value, says }) => {
    const lines = await fallback({ HTTPS_PROXY: value });
    expect(lines).toEqual([expect.stringMatching(says)]);
    expect(lines[0]).toMatch(/\. Using generated digits instead\.$/);
    expect(lines[0]).not.toMatch(/se#|secret|c%ret/);
  });

  test("everything is silent", async () => {
    const { url } = await serveProxy(silent);
    const lines = await fallback({ HTTPS_PROXY: url });
    // Ten seconds for the three mirrors.
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(
        /^storage\.googleapis\.com .*: no answer within 3\.3 s; trying the next/,
      ),
      expect.stringMatching(/: no answer within 3\.3 s; trying the next mirror$/),
    ]);
    expect(lines[2]).toMatch(/: no answer within .* Using generated digits instead\.$/);
  });
});

test("a run that is stopped while it fetches its data ends with 130, and leaves no file", async () => {
  let child: ReturnType<typeof start> | undefined;
  const stalled = stalledInTheMiddle(Buffer.alloc(100_000), {}, () => child?.kill("SIGINT"));
  const { url } = await serve(stalled);
  const cache = temporaryDirectory();
  const proxies = { http_proxy: "", HTTP_PROXY: "", TRAIN_MNIST_DATA: "" };
  child = start(["--mirror", url, "--cache-dir", cache], proxies);
  const { code, stdout, stderr } = await outcomeOf(child);
  expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
  expect(linesOf(stderr).at(-1)).toBe("stopped; files that were complete are kept");
  expect(readdirSync(join(cache, "mnist"))).toEqual([]);
});

describe("--test-dir", () => {
  test("gives the folder whose test images alone are used, which both names in the report say", async () => {
    const [own, other] = [dataDirectory(), dataDirectory(separableDataset(80, 7))];
    for (const name of [IMAGES, LABELS]) rmSync(join(other, `${name}.gz`));
    const args = ["--json", "--dry-run", "--validation-size", "10", "--data-dir", own];
    const { stdout } = await run([...args, "--test-dir", other]);
    const { dataset, testSize } = JSON.parse(linesOf(stdout)[0]!) as Record<string, unknown>;
    expect(testSize).toBe(7);
    expect(dataset).toBe(`${basename(own)}, tested on ${basename(other)}`);
  });

  test("is refused in one line if its images have another size", async () => {
    const other = directoryOf(smallDataset());
    const { code, stderr } = await run(["--data-dir", dataDirectory(), "--test-dir", other]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^train-mnist: [^\n]*must have the same size\.\n$/);
  });
});
