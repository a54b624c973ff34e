/** Claims, raced by processes, some of which are killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Claim, lookAt } from "../../../src/sweeps/folder/claims.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { mounted } from "../../support/mount.js";

const claims = new URL("../../../dist/src/sweeps/folder/claims.js", import.meta.url).href;

/** A process that runs a program in which there is `Claim`, and the folder in which to claim. */
function processOf(program: string, folder: string): ChildProcess {
  const text = `import { Claim } from ${JSON.stringify(claims)};
    import { appendFileSync } from "node:fs";
    import { setTimeout as delay } from "node:timers/promises";
    const folder = ${JSON.stringify(folder)};
    ${program}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

async function taken(path: string): Promise<Claim> {
  const claim = await Claim.take(path);
  if (claim instanceof Claim) return claim;
  throw new Error(`process ${claim.pid} has it`);
}

const HOLD = `const claim = await Claim.take(folder + "/it"); console.log("claimed"); await delay(60_000);`;

describe("a claim", () => {
  test("is one process's at a time, of many that want it", async () => {
    const folder = temporaryDirectory();
    const log = join(folder, "log");
    const work = `for (let k = 0; k < 20; k++) {
      for (;;) {
        const claim = await Claim.take(folder + "/it");
        if (!(claim instanceof Claim)) { await delay(1); continue; }
        appendFileSync(folder + "/log", "begin\\n");
        await delay(1);
        appendFileSync(folder + "/log", "end\\n");
        await claim.release();
        break;
      }
    }`;
    const children = [1, 2, 3].map(() => processOf(work, folder));
    const codes = await Promise.all(children.map((child) => once(child, "exit")));
    expect(codes.map(([code]) => code)).toEqual([0, 0, 0]);
    expect(readFileSync(log, "utf8")).toBe("begin\nend\n".repeat(60));
    expect(readdirSync(folder)).toEqual(["log"]);
  });

  test("of a process that was killed is taken over at once, by one of those that want it", async () => {
    const folder = temporaryDirectory();
    const path = join(folder, "it");
    const child = processOf(HOLD, folder);
    await once(child.stdout!, "data");
    expect(await lookAt(path)).toMatchObject({ isAlive: true, holder: { pid: child.pid } });
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await lookAt(path)).toMatchObject({ isAlive: false });
    const found = await Promise.all([1, 2, 3, 4].map(() => Claim.take(path)));
    const mine = found.filter((each) => each instanceof Claim);
    expect(mine).toHaveLength(1);
    await mine[0]!.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("of another machine is dead once its file is older than a minute, and not before", async () => {
    const path = join(temporaryDirectory(), "it");
    const holder = { machine: "00000000", host: "far", pid: 1, started: "1", nonce: "n" };
    writeFileSync(path, JSON.stringify(holder));
    expect(await Claim.take(path)).toMatchObject({ host: "far" });
    const ago = (seconds: number) => new Date(Date.now() - 1000 * seconds);
    utimesSync(path, ago(50), ago(50));
    expect(await lookAt(path)).toMatchObject({ isAlive: true });
    utimesSync(path, ago(61), ago(61));
    expect(await lookAt(path)).toMatchObject({ isAlive: false });
    await (await taken(path)).release();
  });

  test("of a process whose number another one has now is dead", async () => {
    const path = join(temporaryDirectory(), "it");
    const claim = await taken(path);
    const mine = JSON.parse(readFileSync(path, "utf8"));
    expect(await lookAt(path)).toMatchObject({ isAlive: true });
    if (mine.started === undefined) return; // Only Linux says when a process was started.
    writeFileSync(path, JSON.stringify({ ...mine, started: "0" }));
    expect(await lookAt(path)).toMatchObject({ isAlive: false });
    await claim.release();
  });

  test("whose holder has not come to write its name is left alone for a minute", async () => {
    const path = join(temporaryDirectory(), "it");
    writeFileSync(path, "");
    expect(await Claim.take(path)).toMatchObject({ host: "another process" });
    const before = new Date(Date.now() - 61_000);
    utimesSync(path, before, before);
    await (await taken(path)).release();
  });

  test("is nobody's where there was no room to write its holder's name", async ({ skip }) => {
    const folder = mounted("size=64k") ?? skip("SKIPPED: mounting takes the rights of root");
    const [path, filler] = [join(folder, "it"), join(folder, "filler")];
    expect(() => writeFileSync(filler, new Uint8Array(1e6))).toThrow("ENOSPC");
    await expect(Claim.take(path)).rejects.toThrow("ENOSPC");
    expect(readdirSync(folder)).toEqual(["filler"]);
    rmSync(filler);
    await (await taken(path)).release();
  });

  test("that others have taken for dead is not theirs to lose when the first holder lets go", async () => {
    const path = join(temporaryDirectory(), "it");
    const first = await taken(path);
    const other = { machine: "00000000", host: "far", pid: 1, nonce: "n" };
    rmSync(path);
    writeFileSync(path, JSON.stringify(other));
    await first.release();
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(other);
  });
});
