/** Sweeps in several processes, which are stopped and killed. KILLS says how often (default: 3). */
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { generator, uniform } from "../../../src/random.js";
import { linesOf, outcomeOf, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";
import { eventsOf, expectSingleDigests, folderOf, prepare, resultsOf, sweep } from "./sweeps.js";

const { KILLS = "3", KILL_SEED = "1" } = process.env;

/** The flags of runs that take a second or so, and are saved often. */
function prepareLong(epochs = 120) {
  const data = ["--data-dir", dataDirectory(separableDataset(500, 40))];
  const settings = ["--hidden", "10", "--epochs", String(epochs), "--validation-size", "20"];
  return {
    ...prepare(),
    data,
    flags: [...data, ...settings, "--save-every", "0.02s", "--jobs", "2"],
  };
}

/** The living processes that have claimed runs. */
function holders(out: string): number[] {
  const folder = join(out, "claims");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  const pids = names.flatMap((name) => {
    try {
      return [(JSON.parse(readFileSync(join(folder, name), "utf8")) as { pid: number }).pid];
    } catch {
      return []; // It is being written, or is gone.
    }
  });
  return pids.filter((pid) => send(pid, 0));
}

/** Whether the process was there to be sent the signal. */
function send(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Waits for what is sure to come, however slow the machine is: the limit is that of a test. */
const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 60_000, interval: 10 });

/** Two processes that have claimed runs, both paused, so that no run ends before the other process has begun. */
async function twoPaused(out: string): Promise<number[]> {
  const paused = new Set<number>();
  onTestFinished(() => resume([...paused]));
  await until(() => {
    for (const pid of holders(out)) if (!paused.has(pid) && send(pid, "SIGSTOP")) paused.add(pid);
    return paused.size === 2;
  });
  return [...paused];
}

function resume(pids: readonly number[]): void {
  for (const pid of pids) send(pid, "SIGCONT");
}

const areGone = (pids: readonly number[]) => until(() => !pids.some((pid) => send(pid, 0)));

describe("a sweep in two processes", () => {
  test(`that is killed ${KILLS} times (KILL_SEED=${KILL_SEED}) ends with the weights of single runs`, async () => {
    const { data, flags, out } = prepareLong();
    const args = ["sweep", ...flags, "--lr", "0.05", "--lr", "0.1", "--seeds", "1-2", "--out", out];
    const random = generator(Number(KILL_SEED), "sweep kills");
    for (let kill = 0; kill < Number(KILLS); kill++) {
      const child = start(args);
      const ended = outcomeOf(child);
      let isOver = false;
      child.once("exit", () => {
        isOver = true;
      });
      // Where earlier processes have done all runs, there is nothing left to claim.
      await until(() => isOver || holders(out).length > 0);
      setTimeout(() => child.kill("SIGKILL"), 700 * uniform(random));
      // Its children write there, too.
      expect((await ended).stderr).not.toContain("Error");
    }
    expect(await outcomeOf(start(args))).toMatchObject({ code: 0, stdout: "" });
    expect(resultsOf(out).size).toBe(4);
    await expectSingleDigests(out, data);
    for (const index of resultsOf(out).keys()) {
      const epochs = eventsOf(folderOf(out, index)).filter(({ event }) => event === "epoch");
      expect(epochs.map(({ epoch }) => epoch)).toEqual(
        Array.from({ length: 120 }, (_, k) => k + 1),
      );
    }
    expect(readdirSync(join(out, "claims"))).toEqual([]);
  });

  test("goes on where one of them is killed, and leaves none where the first is", async () => {
    const { data, flags, out } = prepareLong(250);
    const args = ["sweep", ...flags, "--seeds", "1-2", "--out", out];
    const first = start(args);
    const firstEnded = outcomeOf(first);
    const pids = await twoPaused(out);
    expect(pids).not.toContain(first.pid);
    first.kill("SIGKILL");
    await once(first, "exit");
    resume(pids);
    await firstEnded;
    await areGone(pids);
    expect(resultsOf(out).size).toBe(0);

    const second = start(args);
    const secondEnded = outcomeOf(second);
    const [victim, other] = (await twoPaused(out)) as [number, number];
    process.kill(victim, "SIGKILL");
    resume([other]);
    const { code, stderr } = await secondEnded;
    expect(stderr).toMatch(/its process has ended by SIGKILL; it goes on in another\n/);
    expect(stderr).toMatch(/2 of 2 runs done\n$/);
    expect(code).toBe(0);
    await expectSingleDigests(out, data);
  });

  test.each([
    { signal: "SIGINT", code: 130 },
    { signal: "SIGTERM", code: 143 },
  ] as const)("saves all runs at $signal, and ends with $code", async ({ signal, code }) => {
    const { flags, out } = prepareLong(2000);
    const child = start(["sweep", ...flags, "--seeds", "1-2", "--save-every", "1h", "--out", out]);
    const ended = outcomeOf(child);
    const pids = await twoPaused(out);
    resume(pids);
    await until(() => [0, 1].every((index) => existsSync(join(folderOf(out, index), "run.jsonl"))));
    child.kill(signal);
    expect(await ended).toMatchObject({ code, stderr: "0 of 2 runs done, 2 left\n" });
    await areGone(pids);
    for (const index of [0, 1]) {
      expect(existsSync(join(folderOf(out, index), "model.safetensors"))).toBe(true);
    }
    expect(readdirSync(join(out, "claims"))).toEqual([]);
  });

  test("tells programs of it in lines of JSON", async () => {
    const { flags, out } = prepare();
    const args = [
      ...flags,
      "--hidden",
      "6",
      "--seeds",
      "1-3",
      "--jobs",
      "2",
      "--json",
      "--out",
      out,
    ];
    const { code, stdout, stderr } = await sweep(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const events = linesOf(stdout).map((line) => JSON.parse(line));
    expect(events[0]).toEqual({ event: "sweep", format: 1, runs: 3, done: 0, failed: 0 });
    expect(events.at(-1)).toMatchObject({ event: "end", runs: 3, done: 3, failed: 0, left: 0 });
    const results = resultsOf(out);
    const runs = events.slice(1, -1).sort((a, b) => a.index - b.index);
    expect(runs).toEqual(
      [...results].map(([index, result]) => ({
        ...{ event: "run", format: 1, index, label: `seed=${index + 1}`, state: "done" },
        ...result,
      })),
    );
  });
});
