import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CheckpointError, readCheckpoint, writeCheckpoint } from "../../src/checkpoints/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { SOURCE, someCheckpoint } from "../support/checkpoints.js";
import { linesOf } from "../support/command.js";

const library = new URL("../../dist/src/checkpoints/index.js", import.meta.url).href;
const failing = new URL("../support/failing-files.mjs", import.meta.url).href;

const [OLD, NEW] = [someCheckpoint({ images: 5 }), someCheckpoint({ images: 20 })];

/** A directory with the old checkpoint, and a path for the new one outside of it. */
async function prepare() {
  const [directory, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
  const [file, source] = [join(directory, SOURCE), join(elsewhere, SOURCE)];
  await writeCheckpoint(file, OLD);
  await writeCheckpoint(source, NEW);
  return { directory, file, source };
}

/** Copies a checkpoint to a file in a process of its own, whose file operations may fail. */
async function copy(source: string, file: string, at = 0, how = "kill") {
  const program = `
    import { readCheckpoint, writeCheckpoint } from ${JSON.stringify(library)};
    const [source, file] = process.argv.slice(1);
    const checkpoint = await readCheckpoint(source);
    await writeCheckpoint(file, checkpoint).catch((error) => console.log(error.message));
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

describe("saving", () => {
  test("puts all bytes on the disk before it gives them the name, and then the name", async () => {
    const { file, source } = await prepare();
    const { operations } = await copy(source, file);
    const order = ["synchronise file", "rename", "synchronise directory"];
    expect(operations.filter((name) => order.includes(name))).toEqual(order);
    expect(operations.lastIndexOf("write the other half")).toBeLessThan(
      operations.indexOf("synchronise file"),
    );
    expect(await readCheckpoint(file)).toEqual(NEW);
  });

  test("killed at any of its operations leaves the old file or the new one, and the next save cleans up", async () => {
    const first = await prepare();
    const { operations } = await copy(first.source, first.file);
    expect(operations).toContain("write the other half");
    await forEach(operations.length, async (at) => {
      const { directory, file, source } = await prepare();
      expect(await copy(source, file, at)).toMatchObject({ signal: "SIGKILL" });
      expect([OLD, NEW]).toContainEqual(await readCheckpoint(file));
      await writeCheckpoint(file, NEW);
      expect(readdirSync(directory)).toEqual([SOURCE]);
    });
  }, 120_000);

  test("that finds the disk full at any operation keeps the old file, says so, and leaves nothing else", async () => {
    const first = await prepare();
    const { operations } = await copy(first.source, first.file);
    await forEach(operations.indexOf("rename") + 1, async (at) => {
      const name = operations[at - 1]!;
      if (["realpath", "readdir"].includes(name)) return;
      const { directory, file, source } = await prepare();
      const { code, output } = await copy(source, file, at, "ENOSPC");
      expect({ code, output }).toEqual({
        code: 0,
        output: `Cannot save to ${file}: it failed; make room there, or choose another folder.\n`,
      });
      expect(await readCheckpoint(file)).toEqual(OLD);
      expect(readdirSync(directory)).toEqual([SOURCE]);
    });
  }, 120_000);

  test("begins again where its temporary file was taken away", async () => {
    const { file, source } = await prepare();
    const { operations } = await copy(source, file);
    const rename = operations.indexOf("rename") + 1;
    const again = await copy(source, file, rename, "ENOENT");
    expect(again.operations.filter((name) => name === "rename")).toHaveLength(2);
    expect(await readCheckpoint(file)).toEqual(NEW);
  });

  test("by several processes at once leaves one of their files, and readers see no other", async () => {
    const { directory, file, source } = await prepare();
    let running = 3;
    const writers = Array.from({ length: running }, async () => {
      for (let i = 0; i < 5; i++) expect(await copy(source, file)).toMatchObject({ output: "" });
      running--;
    });
    let reads = 0;
    for (; running > 0; reads++) {
      expect([OLD, NEW]).toContainEqual(await readCheckpoint(file));
    }
    await Promise.all(writers);
    expect(reads).toBeGreaterThan(15);
    expect(readdirSync(directory)).toEqual([SOURCE]);
  }, 120_000);

  test("within one process at once succeeds each time", async () => {
    const { directory, file } = await prepare();
    await Promise.all(Array.from({ length: 20 }, () => writeCheckpoint(file, NEW)));
    expect(await readCheckpoint(file)).toEqual(NEW);
    expect(readdirSync(directory)).toEqual([SOURCE]);
  });

  test("removes temporary files of its own file alone, and of dead processes alone", async () => {
    const { directory, file } = await prepare();
    const dead = spawn(process.execPath, ["--version"]);
    await once(dead, "exit");
    const mark = "0123456789ab.part";
    const stale = `.${SOURCE}.${dead.pid}-${mark}`;
    const others = [
      `.${SOURCE}.${process.ppid}-${mark}`,
      `.other.${dead.pid}-${mark}`,
      `.${SOURCE}.backup.${dead.pid}-${mark}`,
      `.${SOURCE}.${dead.pid}-0.part`,
    ];
    for (const name of [stale, ...others]) writeFileSync(join(directory, name), "");
    await writeCheckpoint(file, NEW);
    expect(readdirSync(directory).sort()).toEqual([SOURCE, ...others].sort());
  });

  test.skipIf(process.platform === "win32")("through a symbolic link keeps the link", async () => {
    const { directory, file } = await prepare();
    const link = join(directory, "latest");
    symlinkSync(SOURCE, link);
    await writeCheckpoint(link, NEW);
    expect(await readCheckpoint(file)).toEqual(NEW);
    expect(
      readdirSync(directory, { withFileTypes: true }).map((entry) => entry.isSymbolicLink()),
    ).toEqual([true, false]);
  });

  test("refuses weights that are not numbers, and keeps what is there", async () => {
    const { file } = await prepare();
    const before = readFileSync(file);
    const layers = structuredClone(NEW.layers);
    layers[1]!.b.data[0] = Number.NaN;
    const saved = writeCheckpoint(file, { ...NEW, layers });
    await expect(saved).rejects.toThrow(CheckpointError);
    await expect(saved).rejects.toThrow(/^The weights are no longer finite numbers [^\n]+\.$/);
    expect(readFileSync(file)).toEqual(before);
  });

  test("into a folder that is not there, or in the place of one, is one sentence", async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "folder"));
    const into = (name: string) => writeCheckpoint(join(directory, name), NEW);
    await expect(into("none/model")).rejects.toThrow(/^Cannot save to [^\n]+; create the folder/);
    await expect(into("folder")).rejects.toThrow(/^Cannot save to [^\n]+\.$/);
    expect(readdirSync(directory)).toEqual(["folder"]);
  });
});
