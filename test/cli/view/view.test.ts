import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { directoryOf, images, labels, temporaryDirectory } from "../../data/fixtures.js";
import { environment, outcomeOf, run, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { savedNetwork } from "../../support/saved.js";
import { ask, connection, servePage, textOf } from "../../support/served.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const view = (...args: string[]) =>
  servePage(["view", "--cache-dir", temporaryDirectory(), ...args]);

interface Index {
  readonly begin?: string;
  readonly sets: { name: string; files: Record<"train" | "test", Record<string, string>> }[];
  readonly runs: { name: string; file: string }[];
  readonly events?: string;
}

describe("view", () => {
  test("prints the address alone on stdout, and on stderr how to end it", async () => {
    const { child, outcome, address } = await view();
    child.kill("SIGINT");
    expect(await outcome).toEqual({
      code: 130,
      stdout: `${address}\n`,
      stderr: "serving the page at this address until Ctrl-C\n",
    });
  });

  test("serves the page as it was built, file by file, and nothing else of the package", async () => {
    const served = await view();
    const start = await ask(served, served.base);
    const page = readFileSync(join(root, "dist", "page", "index.html"));
    expect({ status: start.status, body: start.body }).toEqual({ status: 200, body: page });
    const scripts = [...page.toString().matchAll(/(?:src|href)="\.\/([^"]+)"/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, path] of scripts) {
      const { status, body, headers } = await ask(served, served.base + path);
      expect({ path, status }).toEqual({ path, status: 200 });
      expect(body.equals(readFileSync(join(root, "dist", "page", path!)))).toBe(true);
      expect(headers["content-type"]).toMatch(/^text\/(javascript|css); charset=utf-8$/);
    }
    for (const path of ["package.json", "src/index.js", "index.html.map", "assets", "assets/"]) {
      expect((await ask(served, served.base + path)).status).toBe(404);
    }
  });

  test("serves the generated digits, a folder that is named, and networks, and says which", async () => {
    const data = dataDirectory();
    const file = await savedNetwork(["--data-dir", data], "--hidden", "8");
    const served = await view("--data-dir", data, file);
    // The room that shows them.
    await served.printed(/^http:\S+#look$/m);
    const { body, headers } = await ask(served, `${served.base}data/index.json`);
    expect(headers["content-type"]).toBe("application/json");
    const index = JSON.parse(body.toString()) as Index;
    expect(index.sets.map(({ name }) => name)).toEqual(["generated", basename(data)]);
    expect(index.begin).toBe(basename(data));
    expect(index.events).toBeUndefined();
    for (const { name, files } of index.sets) {
      const folder = name === "generated" ? join(root, "data") : data;
      for (const path of [files.train, files.test].flatMap((part) => Object.values(part))) {
        const answer = await ask(served, served.base + path);
        expect(answer.body.equals(readFileSync(join(folder, basename(path))))).toBe(true);
      }
    }
    expect(index.runs).toEqual([{ name: "run", file: "runs/0.safetensors" }]);
    const network = await ask(served, `${served.base}runs/0.safetensors`);
    expect(network.body.equals(readFileSync(file))).toBe(true);
    rmSync(file);
    const { status, body: sentence } = await ask(served, `${served.base}runs/0.safetensors`);
    expect(status).toBe(404);
    expect(sentence.toString()).toBe("This file is no longer there, or cannot be read.\n");
    expect((await ask(served, `${served.base}runs/1.safetensors`)).status).toBe(404);
    expect((await ask(served, `${served.base}events`)).status).toBe(404);
  });

  test("begins with MNIST where it was fetched, as runs do, and with the generated digits where not", async () => {
    const beginning = async (cache: string) => {
      const served = await view("--cache-dir", cache);
      const { body } = await ask(served, `${served.base}data/index.json`);
      return (JSON.parse(body.toString()) as Index).begin;
    };
    expect(await beginning(temporaryDirectory())).toBeUndefined();
    const cache = temporaryDirectory();
    const folder = directoryOf({}, join(cache, "mnist"));
    const lengths = { train: [47_040_016, 60_008], t10k: [7_840_016, 10_008] };
    for (const [part, [images, labels]] of Object.entries(lengths)) {
      const files = [
        [`${part}-images-idx3-ubyte`, images],
        [`${part}-labels-idx1-ubyte`, labels],
      ] as const;
      for (const [name, length] of files) {
        writeFileSync(join(folder, name), "");
        truncateSync(join(folder, name), length);
      }
    }
    expect(await beginning(cache)).toBe("mnist");
  });

  test("serves every data set of a folder that has several, and says what the page must know", async () => {
    const part = (name: string) => ({
      [`${name}-images-idx3-ubyte`]: images(2),
      [`${name}-labels-idx1-ubyte.gz`]: gzipSync(labels(1, 2)),
    });
    const splits = ["emnist-balanced", "emnist-letters"];
    const parts = splits.flatMap((name) => [part(`${name}-train`), part(`${name}-test`)]);
    const folder = directoryOf(Object.assign({}, ...parts));
    const served = await view("--data-dir", folder);
    const { body } = await ask(served, `${served.base}data/index.json`);
    const { sets } = JSON.parse(body.toString()) as Index;
    expect(sets).toMatchObject([
      { name: "generated", classes: 10, firstLabel: 0, isTransposed: false },
      { name: "emnist-balanced", classes: 47, firstLabel: 0, isTransposed: true },
      { name: "emnist-letters", classes: 26, firstLabel: 1, isTransposed: true },
    ]);
    for (const { files } of sets.slice(1)) {
      for (const path of [files.train, files.test].flatMap((part) => Object.values(part))) {
        const answer = await ask(served, served.base + path);
        expect(answer.body.equals(readFileSync(join(folder, basename(path))))).toBe(true);
      }
    }
  });

  test("answers HEAD as GET, without the content", async () => {
    const served = await view();
    for (const path of ["", "data/index.json", "data/t10k-labels-idx1-ubyte.gz"]) {
      const [got, head] = await Promise.all(
        ["GET", "HEAD"].map((method) => ask(served, served.base + path, { method })),
      );
      expect(head!.status).toBe(200);
      expect(head!.body.length).toBe(0);
      expect(head!.headers["content-length"]).toBe(String(got!.body.length));
    }
  });

  test("listens on the loopback addresses alone", async () => {
    const served = await view();
    for (const host of ["127.0.0.1", "::1"]) {
      expect((await ask(served, served.base, { host })).status).toBe(200);
    }
    if (process.platform !== "linux") return;
    const port = served.port.toString(16).toUpperCase().padStart(4, "0");
    const listening = ["tcp", "tcp6"].flatMap((table) =>
      readFileSync(`/proc/net/${table}`, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .filter(([, local, , state]) => state === "0A" && local?.endsWith(`:${port}`))
        .map(([, local]) => local?.split(":")[0]),
    );
    expect(listening).toEqual(["0100007F", "00000000000000000000000001000000"]);
  });

  test("has another token each time, and the port that is asked for", async () => {
    const first = await view();
    first.child.kill("SIGTERM");
    expect((await first.outcome).code).toBe(143);
    const second = await view("--port", String(first.port));
    expect(second.port).toBe(first.port);
    expect(second.base).not.toBe(first.base);
    expect(second.base).toMatch(/^\/[0-9a-f]{32}\/$/);
  });

  test.each(["127.0.0.1", "::1"])("refuses a port that is taken on %s", async (host) => {
    const other = createServer().listen(0, host);
    onTestFinished(() => {
      other.close();
    });
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    expect(await run(["view", "--port", String(port)])).toEqual({
      code: 1,
      stdout: "",
      stderr: `train-mnist: port ${port} is taken: choose another one with --port, or leave it out for one that is free\n`,
    });
  });

  test.each(["0", "65536", "80.5", "http"])("refuses --port %s", async (port) => {
    const { code, stderr } = await run(["view", "--port", port]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^train-mnist: .*--port.*from 1 to 65535[^\n]*\n$/);
  });

  test("refuses files that are no saved networks, and folders without data", async () => {
    const file = join(root, "package.json");
    for (const args of [[file], ["missing.safetensors"], ["--data-dir", root]]) {
      const { code, stdout, stderr } = await run(["view", ...args]);
      expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: "" });
      expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
      expect(stderr).toContain(args.at(-1));
    }
  });

  test("says what to do where the page is not built", async () => {
    const copy = temporaryDirectory();
    for (const part of ["dist/bin", "dist/src", "data", "package.json"]) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const script = join(copy, "dist", "bin", "train-mnist.js");
    const child = spawn(process.execPath, [script, "view"], { env: environment() });
    expect(await outcomeOf(child)).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "train-mnist: the page is not built: say npm run build in the folder of train-mnist first\n",
    });
    expect(existsSync(join(copy, "dist", "page"))).toBe(false);
  });

  test.each([
    { connection: "10.0.0.2 50000 192.0.2.7 22", says: "ssh -L PORT:127.0.0.1:PORT 192.0.2.7" },
    {
      connection: "fe80::2 50000 2001:db8::7 2222",
      says: "ssh -p 2222 -L PORT:127.0.0.1:PORT 2001:db8::7",
    },
  ])("over SSH prints the command for a tunnel: $connection", async ({ connection, says }) => {
    const served = await servePage(["view"], { SSH_CONNECTION: connection });
    served.child.kill("SIGINT");
    const { stderr } = await served.outcome;
    expect(stderr).toContain(says.replaceAll("PORT", String(served.port)));
  });
});

describe.skipIf(process.platform === "win32")("view ends at once", () => {
  test.each([
    { signal: "SIGHUP", code: 129 },
    { signal: "SIGINT", code: 130 },
    { signal: "SIGTERM", code: 143 },
  ] as const)("on $signal with $code, with connections open", async ({ signal, code }) => {
    const served = await view();
    const idle = await connection(served);
    const slow = await connection(served);
    slow.write(`GET ${served.base} HTTP/1.1\r\nHost: 127`);
    // A second signal after a second would end it, too: it must not be needed.
    const stalled = await connection(served);
    stalled.pause();
    stalled.write(
      `GET ${served.base}data/train-images-idx3-ubyte.gz HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n\r\n`,
    );
    expect((await ask(served, served.base)).status).toBe(200);
    served.child.kill(signal);
    expect((await served.outcome).code).toBe(code);
    for (const socket of [idle, slow, stalled]) await textOf(socket);
  });

  test("when nobody reads what it prints any more", async () => {
    const child = start(["view"]);
    child.stdout.destroy();
    const { code } = await outcomeOf(child);
    expect(code).toBe(141);
  });
});
