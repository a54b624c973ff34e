import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replaceFile, tryToReplace } from "../../src/files/replace.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { linesOf } from "../support/command.js";

const library = new URL("../../dist/src/files/replace.js", import.meta.url).href;
const failing = new URL("../support/failing-files.mjs", import.meta.url).href;

const NAME = "model.safetensors";
const [OLD, NEW] = [Buffer.alloc(50_000, "old "), Buffer.alloc(70_000, "the new one ")];

/** A directory with the old file, and a path for the new one outside of it. */
function prepare() {
  const [directory, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
  const [file, source] = [join(directory, NAME), join(elsewhere, NAME)];
  writeFileSync(file, OLD);
  writeFileSync(source, NEW);
  return { directory, file, source };
}

/** Copies one file over another in a process of its own, whose file operations may fail. */
async function copy(source: string, file: string, at = 0, how = "kill") {
  const program = `
    import { readFileSync } from "node:fs";
    import { replaceFile } from ${JSON.stringify(library)};
    const [source, file] = process.argv.slice(1);
    await replaceFile(file, [readFileSync(source)]).catch(({ code }) => console.log(code));
  `;
  const args = ["--import", failing, "--input-type=module", "--eval", program, source, file];
  const child = spawn(process.execPath, args, { env: { ...process.env, AT: `${at}`, HOW: how } });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (part) => {
    text.stdout += part;
  });
  child.stderr.on("data", (part) => {
    text.stderr += part;
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, output: text.stdout, operations: linesOf(text.stderr) };
}

/** What is done for each number from 1 on, four at a time. */
async function forEach(count: number, action: (n: number) => Promise<void>): Promise<void> {
  let next = 1;
  const worker = async () => {
    while (next <= count) await action(next++);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}

describe("replacing a file", () => {
  test("puts all bytes on the disk before it gives them the name, and then the name", async () => {
    const { file, source } = prepare();
    const { operations } = await copy(source, file);
    const order = ["synchronise file", "rename", "synchronise directory"];
    expect(operations.filter((name) => order.includes(name))).toEqual(order);
    expect(operations.lastIndexOf("write the other half")).toBeLessThan(
      operations.indexOf("synchronise file"),
    );
    expect(readFileSync(file)).toEqual(NEW);
  });

  test("killed at any of its operations leaves the old file or the new one, and the next one cleans up", async () => {
    const first = prepare();
    const { operations } = await copy(first.source, first.file);
    expect(operations).toContain("write the other half");
    await forEach(operations.length, async (at) => {
      const { directory, file, source } = prepare();
      expect(await copy(source, file, at)).toMatchObject({ signal: "SIGKILL" });
      expect([OLD, NEW]).toContainEqual(readFileSync(file));
      await replaceFile(file, [NEW]);
      expect(readdirSync(directory)).toEqual([NAME]);
    });
  }, 120_000);

  test("that finds the disk full at any operation keeps the old file, says so, and leaves nothing else", async () => {
    const first = prepare();
    const { operations } = await copy(first.source, first.file);
    await forEach(operations.indexOf("rename") + 1, async (at) => {
      const name = operations[at - 1]!;
      if (["realpath", "readdir"].includes(name)) return;
      const { directory, file, source } = prepare();
      const { code, output } = await copy(source, file, at, "ENOSPC");
      expect({ code, output }).toEqual({ code: 0, output: "ENOSPC\n" });
      expect(readFileSync(file)).toEqual(OLD);
      expect(readdirSync(directory)).toEqual([NAME]);
    });
  }, 120_000);

  test.each([
    { how: "EINVAL", what: "cannot synchronise a folder is done", output: "" },
    { how: "EIO", what: "fails to synchronise the folder says so", output: "EIO\n" },
  ])("where the file system $what", async ({ how, output }) => {
    const { file, source } = prepare();
    const { operations } = await copy(source, file);
    const at = operations.indexOf("synchronise directory") + 1;
    expect(await copy(source, file, at, how)).toMatchObject({ code: 0, output });
  });

  test("by several processes at once leaves one of their files, and readers see no other", async () => {
    const { directory, file, source } = prepare();
    let running = 3;
    const writers = Array.from({ length: running }, async () => {
      for (let i = 0; i < 5; i++) expect(await copy(source, file)).toMatchObject({ output: "" });
      running--;
    });
    let reads = 0;
    for (; running > 0; reads++) {
      expect([OLD, NEW]).toContainEqual(readFileSync(file));
      await new Promise(setImmediate);
    }
    await Promise.all(writers);
    expect(reads).toBeGreaterThan(15);
    expect(readdirSync(directory)).toEqual([NAME]);
  }, 120_000);

  test("within one process at once, even by two copies of the library, succeeds each time", async () => {
    const { directory, file } = prepare();
    const other = (await import(`${library}?another`)) as { replaceFile: typeof replaceFile };
    expect(other.replaceFile).not.toBe(replaceFile);
    const both = [replaceFile, other.replaceFile];
    await Promise.all(Array.from({ length: 40 }, (_, i) => both[i % 2]!(file, [NEW])));
    expect(readFileSync(file)).toEqual(NEW);
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  test.skipIf(process.platform === "win32")("through a symbolic link keeps the link", async () => {
    const { directory, file } = prepare();
    const link = join(directory, "latest");
    symlinkSync(NAME, link);
    await replaceFile(link, [NEW]);
    expect(readFileSync(file)).toEqual(NEW);
    expect(
      readdirSync(directory, { withFileTypes: true }).map((entry) => entry.isSymbolicLink()),
    ).toEqual([true, false]);
  });

  test.skipIf(process.platform === "win32")(
    "through a symbolic link to what is not there yet makes it, wherever the link leads",
    async () => {
      const [directory, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
      mkdirSync(join(elsewhere, "deep"));
      symlinkSync(join(elsewhere, "deep"), join(directory, "folder"));
      symlinkSync("folder/../made", join(directory, "relative"));
      symlinkSync("relative", join(directory, "twice"));
      symlinkSync(join(elsewhere, "other"), join(directory, "absolute"));
      for (const attempt of [tryToReplace, (path: string) => replaceFile(path, [NEW])]) {
        await attempt(join(directory, "twice"));
        await attempt(join(directory, "absolute"));
      }
      const links = readdirSync(directory, { withFileTypes: true });
      expect(links.map((entry) => entry.isSymbolicLink())).toEqual([true, true, true, true]);
      expect(readdirSync(elsewhere).sort()).toEqual(["deep", "made", "other"]);
      expect(readFileSync(join(elsewhere, "made"))).toEqual(NEW);
    },
  );

  test.skipIf(process.platform === "win32")(
    "through links that lead in a circle, or to no folder, is refused, and they stay",
    async () => {
      const directory = temporaryDirectory();
      symlinkSync("b", join(directory, "a"));
      symlinkSync("a", join(directory, "b"));
      symlinkSync("none/file", join(directory, "c"));
      symlinkSync("none/", join(directory, "d"));
      for (const attempt of [tryToReplace, (path: string) => replaceFile(path, [NEW])]) {
        await expect(attempt(join(directory, "a"))).rejects.toThrow(/^ELOOP/);
        await expect(attempt(join(directory, "c"))).rejects.toThrow(/^ENOENT/);
        await expect(attempt(join(directory, "d"))).rejects.toThrow("the name of a folder");
      }
      const links = readdirSync(directory, { withFileTypes: true });
      expect(links.map((entry) => entry.isSymbolicLink())).toEqual([true, true, true, true]);
    },
  );

  test.skipIf(process.platform === "win32").each([0o600, 0o640, 0o664, 0o444])(
    "keeps its permissions: %o",
    async (mode) => {
      const { file } = prepare();
      chmodSync(file, mode);
      await replaceFile(file, [NEW]);
      expect(statSync(file).mode & 0o7777).toBe(mode);
      expect(readFileSync(file)).toEqual(NEW);
    },
  );

  test.skipIf(process.platform === "win32")(
    "lets nobody read the new one who may not read the old one",
    async () => {
      const { directory, file } = prepare();
      chmodSync(file, 0o600);
      const modes: number[] = [];
      function* pieces() {
        for (const name of readdirSync(directory)) modes.push(statSync(join(directory, name)).mode);
        yield NEW;
      }
      await replaceFile(file, pieces());
      expect(modes.map((mode) => mode & 0o777)).toEqual([0o600, 0o600]);
    },
  );

  test.skipIf(process.getuid?.() !== 0)(
    "keeps its owner and group, if root writes it",
    async () => {
      const { file } = prepare();
      chownSync(file, 12345, 23456);
      chmodSync(file, 0o640);
      await replaceFile(file, [NEW]);
      const { uid, gid, mode } = statSync(file);
      expect({ uid, gid, mode: mode & 0o7777 }).toEqual({ uid: 12345, gid: 23456, mode: 0o640 });
    },
  );

  test("that is new gives it the permissions of any new file", async () => {
    const { file, directory } = prepare();
    await replaceFile(join(directory, "new"), [NEW]);
    writeFileSync(join(directory, "plain"), NEW);
    expect(statSync(join(directory, "new")).mode).toBe(statSync(join(directory, "plain")).mode);
    expect(statSync(file).mode).toBe(statSync(join(directory, "plain")).mode);
  });

  test.each(["x".repeat(101), "x".repeat(250), "x".repeat(255), "日".repeat(85)])(
    "may have as long a name as the system allows: %s",
    async (name) => {
      const directory = temporaryDirectory();
      await tryToReplace(join(directory, name));
      await replaceFile(join(directory, name), [OLD]);
      await replaceFile(join(directory, name), [NEW]);
      expect(readdirSync(directory)).toEqual([name]);
    },
  );

  test("of a name that is too long is refused", async () => {
    const path = join(temporaryDirectory(), "x".repeat(256));
    for (const attempt of [tryToReplace, () => replaceFile(path, [NEW])]) {
      await expect(attempt(path)).rejects.toThrow(/^ENAMETOOLONG/);
    }
  });

  test("takes pieces one after the other, as they come", async () => {
    const { file } = prepare();
    async function* pieces() {
      for (const word of ["one ", "", "two ", "three"]) {
        await new Promise(setImmediate);
        yield Buffer.from(word);
      }
    }
    await replaceFile(file, pieces());
    expect(readFileSync(file, "utf8")).toBe("one two three");
  });

  test("with pieces that end in an error keeps the old file, and throws that error", async () => {
    const { directory, file } = prepare();
    const failure = new Error("no more");
    async function* pieces() {
      yield NEW;
      throw failure;
    }
    await expect(replaceFile(file, pieces())).rejects.toBe(failure);
    expect(readFileSync(file)).toEqual(OLD);
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  test("asks for no more pieces once one cannot be written, and lets their source go", async () => {
    const { directory, file } = prepare();
    const asked: number[] = [];
    let released = false;
    async function* pieces() {
      try {
        for (let i = 0; ; i++) {
          asked.push(i);
          yield i === 2 ? (undefined as unknown as Uint8Array) : NEW;
        }
      } finally {
        released = true;
      }
    }
    const replaced = replaceFile(file, pieces());
    await expect(replaced).rejects.toThrow(TypeError);
    expect({ asked, released }).toEqual({ asked: [0, 1, 2], released: true });
    expect(readFileSync(file)).toEqual(OLD);
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  test("is refused where there is something else than a file, or no folder", async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "folder"));
    for (const attempt of [(path: string) => replaceFile(path, [NEW]), tryToReplace]) {
      await expect(attempt(join(directory, "folder"))).rejects.toThrow(
        "it is a folder, not a file",
      );
      await expect(attempt(join(directory, "none", "file"))).rejects.toThrow(/^ENOENT/);
      await expect(attempt(`${join(directory, "new")}/`)).rejects.toThrow("the name of a folder");
    }
    expect(readdirSync(directory)).toEqual(["folder"]);
  });

  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "is not tried of a file that may not be written to (root may)",
    async () => {
      const { file } = prepare();
      chmodSync(file, 0o444);
      await expect(tryToReplace(file)).rejects.toThrow(/^EACCES/);
    },
  );

  test("may be tried, which changes nothing", async () => {
    const { directory, file } = prepare();
    await tryToReplace(file);
    await tryToReplace(join(directory, "new"));
    expect(readFileSync(file)).toEqual(OLD);
    expect(readdirSync(directory)).toEqual([NAME]);
  });
});
