import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { outcomeOf, start } from "../../support/command.js";
import { run } from "../../support/here.js";
import { hasTerminal, screenOf, startInTerminal } from "../../support/terminal.js";
import {
  eventsOf,
  expectSingleDigests,
  folderOf,
  prepare,
  resultsOf,
  runsOf,
  sweep,
} from "./sweeps.js";

/** The numbers of the epochs that a single run has recorded, the last of which may be half written. */
const epochsOf = (out: string) => {
  const file = join(folderOf(out, 0), "run.jsonl");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  const events = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "epoch");
  return events.map(({ epoch }) => epoch);
};

const rates = (out: string) => runsOf(out).map(({ settings }) => settings.learningRate);
const labels = (out: string) => runsOf(out).map(({ label }) => label);

describe("a sweep", () => {
  test("trains all combinations, to the bits that each has alone, and repeats none", async () => {
    const { data, flags, out } = prepare();
    const axes = [
      "--hidden",
      "6",
      "--hidden",
      "8,5",
      "--lr",
      "0.1",
      "--lr",
      "0.3",
      "--seeds",
      "1-2",
    ];
    const args = [...flags, ...axes, "--out", out];
    const { code, stdout, stderr } = await sweep(...args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/8 of 8 runs done\n$/);
    const expected = ["6", "8,5"].flatMap((hidden) =>
      ["0.1", "0.3"].flatMap((lr) =>
        [1, 2].map((seed) => `hidden=${hidden} lr=${lr} seed=${seed}`),
      ),
    );
    expect(labels(out)).toEqual(expected);
    await expectSingleDigests(out, data);
    expect(readdirSync(join(out, "claims"))).toEqual([]);

    const before = resultsOf(out);
    rmSync(join(out, "runs"), { recursive: true });
    expect(await sweep(...args)).toMatchObject({ code: 0 });
    expect(resultsOf(out)).toEqual(before);
    expect(readdirSync(join(out, "runs"))).toEqual([]);
  });

  test("of a specification that is edited adds runs, keeps their indices, and leaves out others", async () => {
    const { flags, out } = prepare();
    const file = join(temporaryDirectory(), "spec.json");
    let said = "";
    const plan = async (spec: object) => {
      writeFileSync(file, JSON.stringify(spec));
      const { code, stderr } = await sweep(file, ...flags, "--out", out);
      expect(code).toBe(0);
      said = stderr;
      return JSON.parse((await sweep("status", out, "--json")).stdout);
    };
    expect(await plan({ hidden: ["6"], learningRate: [0.1, 0.3], seeds: "1-2" })).toEqual({
      ...{ runs: 4, done: 4, running: 0, failed: 0, stopped: 0, left: 0, others: 0 },
    });
    expect(said).not.toContain("aside");
    const first = readFileSync(join(out, "runs.jsonl"), "utf8");
    // 0.1 no longer belongs, 0.5 is new.
    expect(await plan({ hidden: [[6]], lr: [0.5, 0.3], seed: [1, 2] })).toMatchObject({
      ...{ runs: 4, done: 4, others: 2 },
    });
    const aside = /^left aside: 2 runs of an earlier plan \(2 done\); nothing is deleted/m;
    for (const text of [said, (await sweep("status", out)).stdout]) expect(text).toMatch(aside);
    expect((await sweep("report", out)).stdout).toMatch(aside);
    expect(readFileSync(join(out, "runs.jsonl"), "utf8").startsWith(first)).toBe(true);
    expect(rates(out)).toEqual([...[0.1, 0.1, 0.3, 0.3, 0.5, 0.5]]);
    expect(JSON.parse(readFileSync(join(out, "sweep.json"), "utf8")).runs).toEqual([[2, 5]]);
  });

  test("draws settings from ranges, and more runs leave those before as they are", async () => {
    const { flags, out } = prepare();
    const file = join(temporaryDirectory(), "spec.json");
    const spec = {
      learningRate: { min: 0.001, max: 1, scale: "log" },
      batchSize: { min: 5, max: 20 },
      activation: { choices: ["tanh", "sigmoid"] },
      hidden: "6",
    };
    for (const runs of [3, 5]) {
      writeFileSync(file, JSON.stringify({ ...spec, runs, samplerSeed: 3, seeds: "1,2" }));
      const { code, stderr } = await sweep(file, ...flags, "--out", out);
      expect({ code, stderr }).toMatchObject({ code: 0 });
    }
    expect(resultsOf(out).size).toBe(10);
    expect(JSON.parse(readFileSync(join(out, "sweep.json"), "utf8")).runs).toEqual([[0, 9]]);
    for (const { settings } of runsOf(out)) {
      const { learningRate, batchSize = 10 } = settings;
      expect(learningRate).toBeGreaterThan(0.001);
      expect(learningRate).toBeLessThan(1);
      expect(batchSize).toSatisfy(
        (size: number) => Number.isInteger(size) && size >= 5 && size <= 20,
      );
    }
  });

  test("takes recipes as an axis, and settings that are said go before theirs", async () => {
    const { flags, out } = prepare();
    const names = ["nielsen-ch3-init-large", "nielsen-ch3-init-default"];
    const recipes = names.flatMap((name) => ["--recipe", name]);
    const said = ["--hidden", "5", "--lambda", "0", "--train-size", "80", ...recipes];
    const { code, stderr } = await sweep(...flags, ...said, "--out", out);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(labels(out)).toEqual(names.map((name) => `recipe=${name}`));
    const [first, second] = runsOf(out).map(({ settings }) => settings);
    expect(first).toMatchObject({ hidden: [5], init: "large", epochs: 2 });
    expect(second).toMatchObject({ hidden: [5], epochs: 2 });
    expect(second).not.toHaveProperty("init");
  });

  test("says which runs diverge, does the others, and ends with 1; these are repeated when asked", async () => {
    const { flags, out } = prepare();
    const rates = ["--lr", "0.1", "--lr", "1e30", "--cost", "quadratic", "--activation", "relu"];
    const args = [...flags, ...rates, "--out", out];
    const { code, stderr } = await sweep(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/run 1 \(lr=1e30\) failed: training diverged: [^\n]+\n/);
    expect(stderr).toMatch(/1 of 2 runs done, 1 failed\n$/);
    expect(readdirSync(join(out, "failed"))).toEqual(["1.json"]);
    expect(JSON.parse((await sweep("status", out, "--json")).stdout)).toMatchObject({ failed: 1 });
    const again = await sweep(...args);
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toMatch(/^run 1 \(lr=1e30\) has failed: training diverged[^\n]+\n1 of 2/);
    expect((await sweep(...args, "--retry-failed")).stderr).toMatch(/run 1 \(lr=1e30\) failed: /);
  });

  test("fails a run without images to choose its best epoch by, and does the others", async () => {
    const { data, out } = prepare();
    const sizes = ["--validation-size", "20", "--validation-size", "0", "--epochs", "1"];
    const args = [...data, ...sizes, "--threads", "1", "--keep", "best", "--out", out];
    const { code, stderr } = await sweep(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /run 1 \(validation-size=0\) failed: --keep-best needs validation images/,
    );
    expect(stderr).toMatch(/1 of 2 runs done, 1 failed\n$/);
  });

  test.each(["last", "best", "none"])("keeps the network that --keep %s names", async (keep) => {
    const { flags, out } = prepare();
    const { code } = await sweep(...flags, "--hidden", "6", "--keep", keep, "--out", out);
    expect(code).toBe(0);
    const names = readdirSync(folderOf(out, 0)).filter((name) => name.endsWith(".safetensors"));
    const expected = { last: ["model.safetensors"], best: ["model.best.safetensors"], none: [] };
    expect(names).toEqual(expected[keep as keyof typeof expected]);
  });
});

test.skipIf(!hasTerminal)(
  "a sweep ends on a terminal with the command that compares its runs",
  async () => {
    const { flags, out } = prepare();
    const args = [...flags, "--hidden", "6", "--seeds", "1-2", "--out", out, "--jobs", "1"];
    const { code, stdout } = await outcomeOf(startInTerminal(200, ["sweep", ...args]));
    expect(code).toBe(0);
    const rows = screenOf(stdout).filter((row) => row.trim() !== "");
    expect(rows.slice(-2)).toEqual([
      "2 of 2 runs done",
      `to compare them: train-mnist sweep report ${out}`,
    ]);
  },
);

test("a sweep names its folders so that they are found from anywhere", async () => {
  const { data, out } = prepare();
  const [flag, directory] = data as [string, string];
  const folders = [flag, relative(".", directory), "--test-dir", relative(".", directory)];
  const args = [...folders, "--cache-dir", "a cache", "--hidden", "6", "--plan-only"];
  expect(await sweep(...args, "--out", out)).toMatchObject({ code: 0 });
  const { flags } = JSON.parse(readFileSync(join(out, "sweep.json"), "utf8"));
  expect(flags).toMatchObject({
    dataDir: directory,
    testDir: directory,
    cacheDir: resolve("a cache"),
  });
});

describe("train-mnist sweep run", () => {
  test("does the runs that flags or the environment name, and all that are left without", async () => {
    const { data, flags, out } = prepare();
    const plan = ["--hidden", "6", "--seeds", "1-6", "--plan-only", "--out", out];
    expect(await sweep(...flags, ...plan)).toMatchObject({ code: 0 });
    const indices = () => [...resultsOf(out).keys()];
    expect(indices()).toEqual([]);
    expect((await sweep("run", out, "--index", "3")).code).toBe(0);
    expect(indices()).toEqual([3]);
    expect(
      (await run(["sweep", "run", out, "--jobs", "1"], { SLURM_ARRAY_TASK_ID: "0" })).code,
    ).toBe(0);
    expect(
      (await run(["sweep", "run", out, "--jobs", "1"], { JOB_COMPLETION_INDEX: "1" })).code,
    ).toBe(0);
    expect(indices()).toEqual([0, 1, 3]);
    expect((await sweep("run", out, "--shard", "2/3")).code).toBe(0);
    expect(indices()).toEqual([0, 1, 3, 4]);
    expect((await sweep("run", out)).code).toBe(0);
    expect(indices()).toEqual([0, 1, 2, 3, 4, 5]);
    await expectSingleDigests(out, data);
  });

  test("goes on where a killed process was, to the same bits, and run.jsonl has each epoch once", async () => {
    const { data, out } = prepare();
    const course = ["--validation-size", "20", "--epochs", "200", "--threads", "1"];
    const args = [...data, ...course, "--hidden", "6", "--save-every", "1", "--out", out];
    expect((await sweep(...args, "--plan-only")).code).toBe(0);
    const child = start(["sweep", "run", out]);
    const ended = outcomeOf(child);
    await vi.waitFor(() => expect(epochsOf(out).length).toBeGreaterThan(20), { timeout: 20_000 });
    child.kill("SIGKILL");
    expect((await ended).code).toBe(null);
    expect(resultsOf(out).size).toBe(0);
    const { reports } = await readCheckpoint(join(folderOf(out, 0), "model.safetensors"));
    expect(reports.length).toBeGreaterThan(10);

    expect((await sweep("run", out)).code).toBe(0);
    expect(epochsOf(out)).toEqual(Array.from({ length: 200 }, (_, k) => k + 1));
    const kept = eventsOf(folderOf(out, 0)).filter(({ epoch }) => epoch === 5)[0];
    expect(kept).toMatchObject({ seconds: reports[4]!.seconds });
    await expectSingleDigests(out, data);
  });

  test("begins anew where a checkpoint is damaged, or of another run", async () => {
    const { data, flags, out } = prepare();
    expect((await sweep(...flags, "--hidden", "6", "--seeds", "1-2", "--out", out)).code).toBe(0);
    const files = [0, 1].map((index) => join(folderOf(out, index), "model.safetensors"));
    cpSync(files[0]!, files[1]!);
    writeFileSync(files[0]!, "not a network");
    for (const index of [0, 1]) rmSync(join(out, "done", `${index}.json`));
    expect((await sweep("run", out)).code).toBe(0);
    await expectSingleDigests(out, data);
  });
});
