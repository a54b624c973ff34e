import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { replaceFile } from "../../src/files/replace.js";
import { temporaryDirectory } from "../data/fixtures.js";

const library = new URL("../../dist/src/files/replace.js", import.meta.url).href;

/** The machine, or container, that the name of a temporary file of "file" gives. */
function machineIn(name: string | undefined): string | undefined {
  return /^\.file\.([0-9a-f]{8})-\d+-[0-9a-f]{8}\.part$/.exec(name ?? "")?.[1];
}

/** The name of the temporary file that is written in the place of a file called `name`. */
async function temporaryNameOf(name: string): Promise<string> {
  const directory = temporaryDirectory();
  let names: string[] = [];
  function* pieces() {
    names = readdirSync(directory);
    yield new Uint8Array(1);
  }
  await replaceFile(join(directory, name), pieces());
  expect(names).toHaveLength(1);
  return names[0]!;
}

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const dead = spawn(process.execPath, ["--version"]);
  await once(dead, "exit");
  return dead.pid as number;
}

/** What is left of a temporary file of "file", last written so many minutes ago, by the next writer. */
async function leftOf(name: string, minutes: number): Promise<string[]> {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, name), "");
  const then = Date.now() / 1000 - 60 * minutes;
  utimesSync(join(directory, name), then, then);
  await replaceFile(join(directory, "file"), [new Uint8Array(1)]);
  return readdirSync(directory).filter((each) => each !== "file");
}

const [dead, running] = [await deadProcess(), process.ppid];

afterEach(() => {
  vi.useRealTimers();
});

describe("a temporary file", () => {
  test("has a name that says on which machine and by which process it is written", async () => {
    const names = [await temporaryNameOf("file"), await temporaryNameOf("file")];
    for (const name of names) {
      expect(name).toMatch(new RegExp(`^\\.file\\.[0-9a-f]{8}-${process.pid}-[0-9a-f]{8}\\.part$`));
    }
    expect(names[0]).not.toBe(names[1]);
    expect(machineIn(names[0])).toBe(machineIn(names[1]));
  });

  test.each([
    { of: "a process that is gone", pid: dead, elsewhere: false, minutes: 0, kept: false },
    { of: "a process that runs", pid: running, elsewhere: false, minutes: 59, kept: true },
    {
      of: "a number that another process has by now",
      pid: running,
      elsewhere: false,
      minutes: 61,
      kept: false,
    },
    { of: "another machine, recent", pid: dead, elsewhere: true, minutes: 59, kept: true },
    { of: "another machine, old", pid: running, elsewhere: true, minutes: 61, kept: false },
  ])("of $of is kept: $kept", async ({ pid, elsewhere, minutes, kept }) => {
    const machine = elsewhere ? "01234567" : machineIn(await temporaryNameOf("file"));
    const name = `.file.${machine}-${pid}-89abcdef.part`;
    expect(await leftOf(name, minutes)).toEqual(kept ? [name] : []);
  });

  test("of a long name is known, too", async () => {
    const [directory, name] = [temporaryDirectory(), "x".repeat(250)];
    const temporary = await temporaryNameOf(name);
    expect(temporary.length).toBeLessThan(143);
    const stale = temporary.replace(/-\d+-/, `-${dead}-`);
    const ofAnother = (await temporaryNameOf(`${name}y`)).replace(/-\d+-/, `-${dead}-`);
    for (const each of [stale, ofAnother]) writeFileSync(join(directory, each), "");
    await replaceFile(join(directory, name), [new Uint8Array(1)]);
    expect(readdirSync(directory).sort()).toEqual([ofAnother, name].sort());
  });

  test("is as old as the clock of the file system says, not that of this machine", async () => {
    const name = ".file.01234567-1-89abcdef.part";
    const directory = temporaryDirectory();
    writeFileSync(join(directory, name), "");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3 * 3_600_000 });
    await replaceFile(join(directory, "file"), [new Uint8Array(1)]);
    expect(readdirSync(directory)).toContain(name);
  });

  test.each([
    ".other.01234567-1-89abcdef.part",
    ".file.backup.01234567-1-89abcdef.part",
    ".file.01234567-1-89abcde.part",
    ".file.0123456789ab.part",
    ".file.part",
    "file.01234567-1-89abcdef.part",
  ])("is none of the file's if it is called %s, and is kept", async (name) => {
    expect(await leftOf(name, 1000)).toEqual([name]);
  });
});

/** Starts a process that writes "slow" and ends when it is told to, and waits until it has begun. */
async function slowWriter(file: string, before: readonly string[] = []): Promise<ChildProcess> {
  const program = `
    import { once } from "node:events";
    import { replaceFile } from ${JSON.stringify(library)};
    async function* pieces() {
      yield Buffer.from("sl");
      console.log("begun");
      await once(process.stdin, "data");
      yield Buffer.from("ow");
    }
    await replaceFile(${JSON.stringify(file)}, pieces());
    process.exit();
  `;
  const [command = "", ...args] = [...before, process.execPath, "--input-type=module", "--eval"];
  const child = spawn(command, [...args, program], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

/** Namespaces as containers have them: the processes in them are numbered anew. */
const CONTAINER = ["unshare", "--map-root-user", "--pid", "--fork", "--mount-proc"];

function hasContainers(): boolean {
  try {
    execFileSync(CONTAINER[0]!, [...CONTAINER.slice(1), "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Replaces a file while another process is doing so, and lets that one go on. */
async function expectUndisturbed(
  before: readonly string[],
  { isHere }: { isHere: boolean },
): Promise<void> {
  const directory = temporaryDirectory();
  const file = join(directory, "file");
  const child = await slowWriter(file, before);
  const [writing] = readdirSync(directory);
  expect(machineIn(writing) === machineIn(await temporaryNameOf("file"))).toBe(isHere);
  await replaceFile(file, [Buffer.from("quick")]);
  expect(readFileSync(file, "utf8")).toBe("quick");
  child.stdin?.write("go on");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(readFileSync(file, "utf8")).toBe("slow");
  expect(readdirSync(directory)).toEqual(["file"]);
}

describe("a slow writer is not disturbed by others of the same file", () => {
  test("on the same machine", () => expectUndisturbed([], { isHere: true }));

  test("in another container that has the folder, too", async ({ skip }) => {
    skip(!hasContainers(), "containers take rights that are not given here");
    await expectUndisturbed(CONTAINER, { isHere: false });
  });
});
