/** Sweeps that are refused, or that cannot go on: one sentence each, and nothing is lost. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { outcomeOf, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";
import { mounted } from "../../support/mount.js";
import { expectRefusal } from "../train/short-run.js";
import { expectSingleDigests, prepare, resultsOf, sweep } from "./sweeps.js";

describe("train-mnist sweep refuses", () => {
  test.each([
    { args: [], says: /a sweep needs a folder: say --out <dir>/ },
    { args: ["--save", "x"], says: /--save is not for a sweep: each run of a sweep has a folder/ },
    { args: ["--view"], says: /--view is not for a sweep/ },
    { args: ["no-spec.json", "--out", "x"], says: /cannot read no-spec.json: no such file/ },
    { args: ["status", "no-sweep"], says: /no-sweep holds no sweep/, code: 1 },
  ])("$args", async ({ args, says, code = 2 }) => {
    expectRefusal(await sweep(...args), code, says);
  });

  test.each([{ jobs: 2 }, { out: "x" }, { slurm: true }])("in a specification %j", async (flag) => {
    const file = join(temporaryDirectory(), "spec.json");
    writeFileSync(file, JSON.stringify(flag));
    const [name] = Object.keys(flag);
    const says = `line 1: ${name} is no setting of a run: only the flag --${name} can say it`;
    expectRefusal(await sweep(file, "--out", join(file, "..", "out")), 2, new RegExp(says));
  });

  test("a folder of other data, of something else, of a newer format, and a file; these stay as they are", async () => {
    const { data, out } = prepare();
    const plan = (data: readonly string[], out: string, ...more: string[]) =>
      sweep(
        ...data,
        "--hidden",
        "6",
        "--validation-size",
        "20",
        "--plan-only",
        "--out",
        out,
        ...more,
      );
    expect((await plan(data, out)).code).toBe(0);
    const before = readFileSync(join(out, "sweep.json"), "utf8");
    const others = ["--data-dir", dataDirectory(separableDataset(60, 20))];
    expectRefusal(
      await plan(others, out),
      2,
      /holds a sweep on .*, and this is .*: name another folder by --out/,
    );
    expectRefusal(
      await plan(data, out, "--executor", "reference"),
      2,
      /--executor engine, and this has --executor reference/,
    );
    expect(readFileSync(join(out, "sweep.json"), "utf8")).toBe(before);
    expectRefusal(await sweep("run", out, ...others), 2, /and the sweep was planned with/);

    const other = temporaryDirectory();
    writeFileSync(join(other, "notes.txt"), "mine");
    expectRefusal(
      await plan(data, other),
      1,
      /holds something else than a sweep, such as notes.txt/,
    );
    expect(readdirSync(other)).toEqual(["notes.txt"]);
    // A sweep that has lost its sweep.json has all its folders, and not one of their names.
    mkdirSync(join(other, "runs"));
    expectRefusal(await plan(data, other), 1, /such as notes.txt/);
    expect(readdirSync(other)).toEqual(["notes.txt", "runs"]);
    expectRefusal(await plan(data, join(other, "notes.txt")), 1, /notes.txt/);
    writeFileSync(join(out, "sweep.json"), before.replace('"format": 1', '"format": 2'));
    expectRefusal(await plan(data, out), 1, /has format 2, where this train-mnist knows format 1/);
    writeFileSync(join(out, "sweep.json"), before.slice(0, 40));
    expectRefusal(await sweep("status", out), 1, /sweep.json is damaged/);
  });

  test("runs that are missing, until they are planned again", async () => {
    const { flags, out } = prepare();
    const plan = () =>
      sweep(...flags, "--hidden", "6", "--seeds", "1-2", "--plan-only", "--out", out);
    await plan();
    const lines = readFileSync(join(out, "runs.jsonl"), "utf8");
    for (const kept of ["", lines.slice(0, lines.indexOf("\n") + 9)]) {
      writeFileSync(join(out, "runs.jsonl"), kept);
      for (const args of [
        ["status", out],
        ["run", out],
        ["report", out],
      ]) {
        expectRefusal(
          await sweep(...args),
          1,
          /runs.jsonl is damaged: it has \d runs?, where sweep.json speaks of run 1; plan/,
        );
      }
      expect((await plan()).code).toBe(0);
      expect(readFileSync(join(out, "runs.jsonl"), "utf8")).toBe(lines);
    }
    const description = JSON.parse(readFileSync(join(out, "sweep.json"), "utf8"));
    for (const runs of [
      [[1, 0]],
      [[0, 1.5]],
      [
        [0, 1],
        [1, 1],
      ],
      [0],
      3,
    ]) {
      writeFileSync(join(out, "sweep.json"), JSON.stringify({ ...description, runs }));
      expectRefusal(await sweep("status", out), 1, /sweep.json is damaged/);
    }
  });

  test("an index that no run has", async () => {
    const { flags, out } = prepare();
    await sweep(...flags, "--hidden", "6", "--seeds", "1-2", "--plan-only", "--out", out);
    expectRefusal(await sweep("run", out, "--index", "2"), 2, /has no run 2: its runs are 0 to 1/);
    expectRefusal(await sweep("run", out, "--index", "x"), 2, /--index/);
    expectRefusal(await sweep("run", out, "--shard", "3/2"), 2, /--shard/);
  });
});

describe("a dry run", () => {
  test("lists the runs with their numbers, and the time, and writes nothing", async () => {
    const { flags, out } = prepare();
    const args = [...flags, "--hidden", "6", "--hidden", "8", "--seeds", "1-2"];
    for (const folder of [[], ["--out", out]]) {
      const { code, stdout, stderr } = await sweep(...args, "--dry-run", "--jobs", "2", ...folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.replace(/about [\d.]+ s/g, "…")).toBe(
        [
          "0  hidden=6 seed=1  …",
          "1  hidden=6 seed=2  …",
          "2  hidden=8 seed=1  …",
          "3  hidden=8 seed=2  …",
          "4 runs: … in 2 processes\n",
        ].join("\n"),
      );
    }
    expect(statSync(out, { throwIfNoEntry: false })).toBe(undefined);
    expect((await sweep(...args, "--out", out)).code).toBe(0);
    const again = await sweep(...args, "--hidden", "7", "--dry-run", "--out", out, "--json");
    const events = again.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ index, ended }) => [index, ended])).toEqual([
      ...[0, 1, 2, 3].map((index) => [index, true]),
      ...[4, 5].map((index) => [index, false]),
      [undefined, undefined],
    ]);
    expect(events.at(-1)).toMatchObject({ event: "dry-run", runs: 6, left: 2 });
  });
});

test("a full disk ends a sweep with a sentence, and what is done stays; with room, it goes on", async ({
  skip,
}) => {
  const directory = mounted("size=120k");
  if (directory === undefined)
    return skip("SKIPPED: mounting a small disk takes the rights of root");
  const { data, flags } = prepare();
  const out = join(directory, "sweep");
  const args = [...flags, "--hidden", "30", "--seeds", "1-8", "--jobs", "1", "--out", out];
  const { code, stderr } = await sweep(...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /train-mnist: Cannot (save to|write) [^\n]*no space left on device[^\n]*\n$/,
  );
  expect(stderr).not.toMatch(/\n +at /);
  const done = resultsOf(out);
  expect(done.size).toBeGreaterThan(0);
  expect(done.size).toBeLessThan(8);
  execFileSync("mount", ["-o", "remount,size=10m", directory]);
  expect(await sweep(...args)).toMatchObject({ code: 0 });
  for (const [index, result] of done) expect(resultsOf(out).get(index)).toEqual(result);
  await expectSingleDigests(out, data);
});

test("a reader that goes away ends a sweep quietly with exit code 141", async () => {
  const { flags, out } = prepare();
  const args = [...flags, "--hidden", "6", "--seeds", "1-200", "--jobs", "1", "--json"];
  const child = start(["sweep", ...args, "--out", out]);
  const outcome = outcomeOf(child);
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await outcome).toMatchObject({ code: 141, stderr: "" });
  expect(resultsOf(out).size).toBeLessThan(200);
});
