/** `train-mnist data` as its users meet it: real processes of the build. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDirectory, loadEmbedded } from "../../../src/data/index.js";
import { cacheRoot, catalogue } from "../../../src/data/remote/index.js";
import { directoryOf, smallDataset, temporaryDirectory } from "../../data/fixtures.js";
import {
  nobody,
  type Server,
  serve,
  serveProxy,
  stalledInTheMiddle,
  status,
} from "../../data/remote/server.js";
import {
  environment,
  linesOf,
  outcomeOf,
  run as runAlone,
  script,
  start,
} from "../../support/command.js";
import { run } from "../../support/here.js";
import { mounted } from "../../support/mount.js";
import { realData } from "../../support/real-data.js";
import { hasTerminal, screenOf, startInTerminal } from "../../support/terminal.js";

const names = catalogue.map(({ name }) => name);

/** An environment in which nothing but this machine can be reached, and the cache is this one. */
async function isolated(cache: string): Promise<NodeJS.ProcessEnv> {
  const proxy = await nobody();
  const names = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: "127.0.0.1" };
  return { ...names, http_proxy: "", https_proxy: "", no_proxy: "", TRAIN_MNIST_CACHE: cache };
}

/** Serves the real files of MNIST. */
function serveReal(): Promise<Server> {
  return serve(async ({ url = "" }, response) => {
    response.end(await readFile(join(realData as string, basename(url))));
  });
}

describe("data, data list", () => {
  test.each([{ args: [] }, { args: ["list"] }])(
    "%j prints a line for each data set",
    async ({ args }) => {
      const cache = directoryOf({}, join(temporaryDirectory(), "cache"));
      directoryOf({ "train-labels-idx1-ubyte": new Uint8Array(60_008) }, join(cache, "mnist"));
      const { code, stdout, stderr } = await run(["data", ...args, "--cache-dir", cache]);
      const lines = linesOf(stdout);
      expect(code).toBe(0);
      expect(lines.map((line) => line.split(" ")[0])).toEqual(names);
      expect(lines[0]).toContain("1 of 4 files");
      expect(lines[1]).toContain("not fetched");
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
      expect(stderr).toContain(cache);
    },
  );

  test("names the folder that runs use instead of the cache", async () => {
    const { stderr } = await run(["data"], { TRAIN_MNIST_DATA: "a folder" });
    expect(linesOf(stderr)).toContain("runs use the data in TRAIN_MNIST_DATA: a folder");
    expect((await run(["data"], { TRAIN_MNIST_DATA: "" })).stderr).not.toContain("runs use");
  });

  test.each([
    ["data", "bogus"],
    ["data", "fetch", "bogus"],
    ["data", "fetch", "--mirror", "ftp://example.org"],
    ["data", "fetch", "--mirror", "http://example.org/?file="],
    ["data", "fetch", "--mirror", "http://example.org/#files"],
    ["data", "show", "--label", "62"],
    ["data", "show", "--dataset", "mnist", "--data-dir", "x"],
    ["data", "generate"],
  ])("%s %s %s %s is wrong usage", async (...args) => {
    const { code, stdout, stderr } = await run(args.filter((word) => word !== undefined));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
  });

  test.each([
    { args: ["data", "bogus"], says: "unknown data command 'bogus'" },
    { args: ["data", "list", "bogus"], says: "unexpected word 'bogus'" },
    { args: ["data", "lsit"], says: "unknown data command 'lsit' (did you mean list?)" },
    { args: ["evalute", "x"], says: "unexpected word 'evalute' (did you mean evaluate?)" },
    { args: ["data", "show", "--seed", "3"], says: "--seed is for deformed images" },
    { args: ["data", "show", "--epoch", "1"], says: "--epoch is for deformed images" },
    ...[[], ["--rotation", "10"]].map((more) => ({
      args: ["data", "show", "--elastic-field", "29", ...more],
      says: "--elastic-field 29 is for deformations with --elastic",
    })),
  ])("$args is refused with what is wrong", async ({ args, says }) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });

  test("--help prints examples first", async () => {
    const { code, stdout } = await run(["data", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Examples:\n {2}train-mnist data /);
  });
});

describe("data path", () => {
  test("prints the folder of the cache, or of a data set in it", async () => {
    const env = { TRAIN_MNIST_CACHE: "from-environment" };
    const printed = async (...args: string[]) => (await run(["data", "path", ...args], env)).stdout;
    expect(await printed()).toBe("from-environment\n");
    expect(await printed("kmnist")).toBe(`${join("from-environment", "kmnist")}\n`);
    expect(await printed("--cache-dir", "from-flag")).toBe("from-flag\n");
    env.TRAIN_MNIST_CACHE = "";
    expect(await printed()).toBe(`${cacheRoot()}\n`);
  });
});

describe.skipIf(["win32", "darwin"].includes(process.platform))("the cache is", () => {
  /** Says that the system knows no home of this user, who has no HOME. */
  const homeless = `
    import os from "node:os";
    import { syncBuiltinESMExports } from "node:module";
    os.homedir = () => { throw new Error("unknown user"); };
    syncBuiltinESMExports();
  `;

  test.each([
    { env: { HOME: "/home/me", XDG_CACHE_HOME: "" }, path: "/home/me/.cache/train-mnist" },
    { env: { HOME: "/home/me", XDG_CACHE_HOME: "/caches" }, path: "/caches/train-mnist" },
    { env: { HOME: "/home/me", XDG_CACHE_HOME: "caches" }, path: "/home/me/.cache/train-mnist" },
    { env: { HOME: "", XDG_CACHE_HOME: "" }, path: join(tmpdir(), "train-mnist") },
    {
      env: {
        XDG_CACHE_HOME: "",
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(homeless)}`,
      },
      path: join(tmpdir(), "train-mnist"),
    },
  ])("$path where the environment is $env", async ({ env, path }) => {
    const { stdout, stderr } = await runAlone(["data", "path"], env);
    expect({ stdout, stderr }).toEqual({ stdout: `${path}\n`, stderr: "" });
  });
});

test.skipIf(process.platform === "win32")(
  "a folder that has been deleted is one line",
  async () => {
    const folder = temporaryDirectory();
    const child = spawn("sh", ["-c", 'rmdir "$PWD" && exec "$0" "$@"', process.execPath, script], {
      cwd: folder,
      env: environment(),
    });
    const { code, stdout, stderr } = await outcomeOf(child);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      "train-mnist: The current folder is no longer there: change to another one.\n",
    );
  },
);

test("a cache that cannot be read, and one with nothing in it, are told of", async () => {
  const folder = temporaryDirectory();
  const file = join(folder, "file");
  writeFileSync(file, "");
  for (const what of ["list", "verify"]) {
    const { code, stdout, stderr } = await run(["data", what, "--cache-dir", file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: Cannot read the cache \S+file: [^\n]+\n$/);
  }
  expect(await run(["data", "verify", "--cache-dir", folder])).toEqual({
    code: 0,
    stdout: "",
    stderr: `nothing has been fetched to ${folder}\n`,
  });
});

describe("data fetch", () => {
  test("behind a proxy that nobody runs fails with one line, which blames it", async () => {
    const env = await isolated(temporaryDirectory());
    const { code, stdout, stderr } = await run(["data", "fetch", "fashion-mnist"], env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^train-mnist: Cannot download [^\n]+ of fashion-mnist \(the proxy [^\n]+ of HTTPS_PROXY: the connection was refused\): set HTTPS_PROXY right\.\n$/,
    );
  });

  test("without a network fails with one line for each mirror", async () => {
    const { url } = await serveProxy(status(503), { refusal: "404 Not here" });
    const env = { ...(await isolated(temporaryDirectory())), HTTPS_PROXY: url };
    const { code, stdout, stderr } = await run(["data", "fetch"], env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(linesOf(stderr).length).toBe(3);
    expect(linesOf(stderr).at(-1)).toMatch(
      /^train-mnist: Cannot download .* of mnist .*: try again later or name another mirror \(--mirror <url>\)\.$/,
    );
  });

  test.each(["socks5h://127.0.0.1:9", "me:secret@"])(
    "through what is no proxy (%s) is one line, without its value",
    async (HTTPS_PROXY) => {
      const env = { ...(await isolated(temporaryDirectory())), HTTPS_PROXY };
      const { code, stdout, stderr } = await run(["data", "fetch"], env);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/^train-mnist: HTTPS_PROXY [^\n]+\.\n$/);
      expect(stderr).not.toMatch(/secret|127/);
    },
  );

  test("stopped by Ctrl-C exits with 130 at once, and leaves no file", async () => {
    const cache = temporaryDirectory();
    let child: ReturnType<typeof start> | undefined;
    const stalled = stalledInTheMiddle(Buffer.alloc(100_000), {}, () => child?.kill("SIGINT"));
    const { url } = await serve(stalled);
    child = start(["data", "fetch", "--mirror", url], await isolated(cache));
    const { code, stdout } = await outcomeOf(child);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(readdirSync(join(cache, "mnist"))).toEqual([]);
  });

  test("into a place that is a file is one clear line", async () => {
    const cache = join(temporaryDirectory(), "file");
    writeFileSync(cache, "");
    const { url } = await serve(status(404));
    const { code, stderr } = await run(["data", "fetch", "--mirror", url], await isolated(cache));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^train-mnist: Cannot write into the cache directory [^\n]+ \(--cache-dir <dir>\)\.\n$/,
    );
  });
});

describe.skipIf(realData === undefined)("the real MNIST", () => {
  test("is fetched once, verified, found damaged, fetched again, shown, and cleared", async () => {
    const cache = temporaryDirectory();
    const { url, requests } = await serveReal();
    const env = await isolated(cache);
    const data = (...args: string[]) => run(["data", ...args], env);
    const directory = join(cache, "mnist");

    const first = await data("fetch", "--mirror", url);
    expect(first).toMatchObject({ code: 0, stdout: `${directory}\n` });
    expect(linesOf(first.stderr).length).toBe(2);
    expect(await data("fetch")).toEqual({ code: 0, stdout: `${directory}\n`, stderr: "" });
    expect(requests.length).toBe(4);
    expect((await loadDirectory(directory)).train.count).toBe(60_000);
    expect((await data("verify")).code).toBe(0);
    expect(linesOf((await data()).stdout)[0]).toContain("55.0 MB");

    writeFileSync(join(directory, "t10k-labels-idx1-ubyte"), new Uint8Array(10_008));
    const verified = await data("verify", "mnist");
    expect(verified.code).toBe(1);
    expect(linesOf(verified.stdout).filter((line) => line.includes("is corrupt")).length).toBe(1);
    expect((await data("show", "--dataset", "mnist")).code).toBe(1);
    expect((await data("fetch", "--mirror", url)).stderr).toContain("is corrupt");
    expect(requests.length).toBe(5);

    const shown = await data("show", "--dataset", "mnist", "--index", "1");
    expect(shown.stdout).toMatch(/^#1 is a 0\n/);
    expect((await data("clear", "mnist")).code).toBe(0);
    expect(readdirSync(cache)).toEqual([]);
  });

  test.skipIf(!hasTerminal).each([80, 40, 15])(
    "is fetched with a bar that fits a terminal of %i columns, and is gone in the end",
    async (columns) => {
      const { url } = await serveReal();
      const env = await isolated(temporaryDirectory());
      const child = startInTerminal(columns, ["data", "fetch", "--mirror", url], env);
      const bars: string[] = [];
      const { code, stdout } = await outcomeOf(child);
      const rows = screenOf(stdout, (row) => /\d [kM]B/.test(row) && bars.push(row));
      expect(code).toBe(0);
      expect(bars.length).toBeGreaterThan(0);
      expect(bars.filter((row) => row.length > Math.max(columns, 20))).toEqual([]);
      expect(rows.filter((row) => /\d [kM]B/.test(row))).toEqual([]);
    },
  );
});

describe("data show", () => {
  const shown = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(["data", "show", ...args]);
    return { code, lines: stdout.split("\n"), stderr };
  };

  test("draws the image that is asked for, two pixel rows in a line", async () => {
    const images = Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 0, 0);
    const header = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 3);
    const directory = directoryOf({
      "train-images-idx3-ubyte": Buffer.concat([header, images]),
      "train-labels-idx1-ubyte": Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7),
      "t10k-images-idx3-ubyte": Buffer.concat([header, images]),
      "t10k-labels-idx1-ubyte": Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7),
    });
    const { lines } = await shown("--data-dir", directory);
    expect(lines).toEqual(["#0 is a 7", "█▄ ", "   ", "", ""]);
  });

  test("draws several side by side within 80 characters, without colours off a terminal", async () => {
    const { code, lines } = await shown("--dataset", "generated", "--count", "5");
    expect(code).toBe(0);
    expect(lines.filter((line) => line.startsWith("#")).length).toBe(3);
    expect(lines.filter((line) => line.length > 80 || line.includes("\u001b"))).toEqual([]);
  });

  test("finds images by label, from an index on", async () => {
    const { train } = await loadEmbedded();
    const expected = [...train.labels.keys()].filter((i) => i >= 30 && train.labels[i] === 4);
    const args = ["--dataset", "generated", "--label", "4", "--index", "30", "--count", "2"];
    const { lines } = await shown(...args);
    const captions = lines.join(" ").match(/#\d+ is a \d/g);
    expect(captions).toEqual(expected.slice(0, 2).map((i) => `#${i} is a 4`));
  });

  test("draws them deformed, differently in each epoch and with each seed", async () => {
    const args = ["--dataset", "generated", "--elastic", "6,36", "--rotation", "15"];
    const drawn = await Promise.all(
      [args.slice(0, 2), args, args, [...args, "--epoch", "2"], [...args, "--seed", "2"]].map(
        async (each) => (await shown(...each)).lines.join("\n"),
      ),
    );
    expect(drawn[1]).toBe(drawn[2]);
    expect(new Set(drawn).size).toBe(4);
    for (const each of drawn) expect(each).toContain("█");
  });

  test.each([
    {
      what: "an index beyond the end",
      args: ["--index", "3"],
      says: "--index 3 should be at most 2, the last image",
    },
    { what: "a label that is not there", args: ["--label", "5"], says: "choose an earlier index" },
    {
      what: "a label of no class",
      args: ["--label", "12"],
      says: "--label 12 should be at most 9",
    },
  ])("says so of $what", async ({ args, says }) => {
    const { code, stderr } = await shown("--data-dir", directoryOf(smallDataset()), ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });

  test("does not download: it says how to", async () => {
    const { code, stderr } = await shown(
      "--dataset",
      "kmnist",
      "--cache-dir",
      temporaryDirectory(),
    );
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "train-mnist: kmnist is not in the cache: say train-mnist data fetch kmnist first.\n",
    });
  });
});

describe("data generate", () => {
  test("writes a data set that depends on its seed alone", async () => {
    const made = async (seed: string) => {
      const out = join(temporaryDirectory(), "out");
      const args = ["data", "generate", "--count", "600", "--seed", seed, "--out", out];
      const { code, stdout } = await run(args);
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${out}\n` });
      return loadDirectory(out, "made");
    };
    const [one, again, other] = [await made("1"), await made("1"), await made("2")];
    expect([one.train.count, one.test.count]).toEqual([600, 60]);
    expect(again).toEqual(one);
    expect(other.train.pixels).not.toEqual(one.train.pixels);
  });

  test("refuses hands that nobody could read, before anything is written", async () => {
    const out = join(temporaryDirectory(), "out");
    const { code, stderr } = await run(["data", "generate", "--wildness", "1e7", "--out", out]);
    expect(code).toBe(2);
    expect(stderr).toContain("Expected a number from 0 to 100");
    expect(existsSync(out)).toBe(false);
  });

  test("leaves a folder alone that has files", async () => {
    const out = directoryOf({ "notes.txt": new Uint8Array(1) });
    const { code, stderr } = await run(["data", "generate", "--count", "10", "--out", out]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${out} is not empty`);
    expect(readdirSync(out)).toEqual(["notes.txt"]);
  });

  test.skipIf(process.platform !== "linux").each(["below a link to nowhere", "in /proc"])(
    "into a folder %s, which can never be made, is one line",
    async (where) => {
      const link = join(temporaryDirectory(), "link");
      symlinkSync("nowhere", link);
      const out = join(where === "in /proc" ? "/proc" : link, "out");
      const { code, stdout, stderr } = await run([
        "data",
        "generate",
        "--count",
        "10",
        "--out",
        out,
      ]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toBe(
        `train-mnist: Cannot write into ${out}: no such file or directory; create the folder first, or choose another.\n`,
      );
    },
  );

  test("that finds the disk full says so in one line, and leaves no half of a file", async ({
    skip,
  }) => {
    const out = mounted("size=64k") ?? skip("mounting takes the rights of root");
    const { code, stderr } = await run(["data", "generate", "--count", "2000", "--out", out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^train-mnist: Cannot write into [^\n]+: no space left on device; make room there, or choose another folder\.$/m,
    );
    expect(readdirSync(out)).toEqual([]);
  });
});
