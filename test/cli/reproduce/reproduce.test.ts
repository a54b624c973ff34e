import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readCheckpoint, weightsSha256 } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, outcomeOf, run, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { realData } from "../../support/real-data.js";

const RECIPE = "nielsen-ch3-init-default";

/** It has the same settings. */
const SAME_RECIPE = "nielsen-ch5-depth-1";

/** What the record says of the making of a run. */
const ORIGIN = {
  processor: expect.any(String),
  threads: 1,
  version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
};

const percent = (share: number) => (100 * share).toFixed(2);

const docs = (file: string) => fileURLToPath(new URL(`../../../docs/${file}`, import.meta.url));

describe("train-mnist reproduce", () => {
  test.skipIf(process.platform === "win32" || realData === undefined)(
    "goes on where it was interrupted, and reports each time on the runs that it has",
    async () => {
      const out = join(temporaryDirectory(), "results.md");
      const data = ["--data-dir", realData as string, "--threads", "1", "--jobs", "1"];
      const save = join(temporaryDirectory(), "runs");
      const flags = ["reproduce", RECIPE, "--seeds", "5,6", "--out", out, "--save", save, ...data];
      const record = () => linesOf(readFileSync(out.replace(".md", ".jsonl"), "utf8"));
      const row = () =>
        readFileSync(out, "utf8")
          .split("\n")
          .find((line) => line.includes(RECIPE));

      const [saved, other] = [6, 5].map((seed) => join(save, `${RECIPE}-${seed}.safetensors`)) as [
        string,
        string,
      ];

      const child = start(flags);
      const ended = outcomeOf(child);
      while (!existsSync(saved) && child.exitCode === null) await setTimeout(10);
      child.kill("SIGINT");
      const interrupted = await ended;
      expect(interrupted).toMatchObject({ code: 130, stdout: "" });
      expect(interrupted.stderr).toMatch(/seed 6: stopped after \d+ epochs?\n$/);
      expect(record()).toHaveLength(1);
      expect(row()).toContain("| 5 |");

      const half = readFileSync(saved);
      const { reports: begun } = await readCheckpoint(saved);
      expect(begun.length).toBeGreaterThan(0);
      copyFileSync(other, saved);
      const refused = await run(flags);
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toContain(`${saved} holds another run`);
      writeFileSync(saved, half);
      const byAnother = await run([...flags, "--executor", "reference", "--seeds", "6"]);
      expect(byAnother).toMatchObject({ code: 2, stdout: "" });
      expect(byAnother.stderr).toContain(`${saved} holds another run`);

      const resumed = await run(flags);
      expect(resumed).toMatchObject({ code: 0, stdout: "" });
      expect(linesOf(resumed.stderr)).toEqual([
        `1/2 ${RECIPE}, seed 5: in the record`,
        expect.stringMatching(/^2\/2 .*, seed 6: \d+\.\d\d%, \d+\.\d\d% at best; .* s$/),
      ]);
      const accuracies = { validation: expect.any(Array), test: expect.any(Array) };
      const recorded = { dataset: "mnist", made: ORIGIN, ...accuracies };
      const runs = record().map((line) => JSON.parse(line));
      expect(runs).toMatchObject([recorded, recorded]);

      // The times of the epochs before tell that they were not trained again.
      const whole = await readCheckpoint(saved);
      expect(whole.reports.slice(0, begun.length)).toEqual(begun);
      expect(runs[1].test).toEqual(whole.reports.map(({ testAccuracy }) => testAccuracy));
      expect(runs[1].seconds).toBeGreaterThan(begun.reduce((sum, { seconds }) => sum + seconds, 0));
      expect(runs[1].weightsSha256).toBe(weightsSha256(whole.layers));
      expect(row()).toContain("| 5–6 |");

      const kept = ["--record", out.replace(".md", ".jsonl")];
      const again = await run(["reproduce", RECIPE, ...kept, "--report-only"]);
      expect(again).toEqual({ code: 0, stdout: readFileSync(out, "utf8"), stderr: "" });

      const evaluated = await run(["evaluate", other, saved, "--json", ...data.slice(0, 2)]);
      const { accuracy, networks } = JSON.parse(evaluated.stdout);
      const [fifth, sixth] = networks.map((each: { accuracy: number }) => percent(each.accuracy));
      const inRecord = [5, 6].map((seed, i) => `${i + 1}/2 ${RECIPE}, seed ${seed}: in the record`);
      const together = await run([...flags, "--committee"]);
      expect(together).toMatchObject({ code: 0, stdout: "" });
      expect(linesOf(together.stderr)).toEqual([
        ...inRecord,
        `${RECIPE}, seeds 5–6 together: ${percent(accuracy)}%`,
      ]);
      const digests = runs.map(({ weightsSha256 }) => weightsSha256);
      const { seed, ...settings } = runs[0].settings;
      const committee = { settings, dataset: "mnist", seeds: [5, 6], weightsSha256: digests };
      expect(JSON.parse(record()[2] as string)).toEqual({
        ...committee,
        test: accuracy,
        made: { ...ORIGIN, threads: 1 },
      });
      const inReport = new RegExp(`^\\| ${RECIPE} \\| 5–6 \\| (\\S+) ± \\S+ \\| (\\S+) \\|$`, "m");
      const [, mean, both] = inReport.exec(readFileSync(out, "utf8")) as unknown as string[];
      expect(Number(mean)).toBeCloseTo((Number(fifth) + Number(sixth)) / 2, 1);
      expect(both).toBe(percent(accuracy));

      // What is in the record is not tested again, and so needs no file.
      const sixthSaved = readFileSync(saved);
      rmSync(saved);
      const known = await run([...flags, "--committee"]);
      expect({ ...known, stderr: linesOf(known.stderr) }).toEqual({
        code: 0,
        stdout: "",
        stderr: inRecord,
      });
      // What cannot be is found before anything is trained.
      const file = out.replace(".md", ".jsonl");
      const runsAlone = `${record().slice(0, 2).join("\n")}\n`;
      writeFileSync(file, runsAlone);
      const withAnother = [...flags, "--committee", "--seeds", "5-7"];
      const absent = await run(withAnother);
      copyFileSync(other, saved);
      const exchanged = await run(withAnother);
      writeFileSync(saved, half.subarray(0, -1));
      const damaged = await run(withAnother);
      for (const [outcome, code, says] of [
        [absent, 2, `${saved} is missing, though the record has its run`],
        [exchanged, 2, `${saved} has other weights than the record has for ${RECIPE}, seed 6`],
        [damaged, 1, `${saved} is `],
      ] as const) {
        expect(outcome).toMatchObject({ code, stdout: "" });
        expect(outcome.stderr).toMatch(/^train-mnist: [^\n]+\n$/);
        expect(outcome.stderr).toContain(says);
      }
      expect(readFileSync(file, "utf8")).toBe(runsAlone);

      // A recipe with the same settings has the same runs, in the same files.
      writeFileSync(saved, sixthSaved);
      const alike = await run([...flags, "--committee", SAME_RECIPE]);
      expect(alike).toMatchObject({ code: 0, stdout: "" });
      expect(linesOf(alike.stderr).at(-1)).toBe(
        `${RECIPE}, seeds 5–6 together: ${percent(accuracy)}%`,
      );
      expect(record()).toHaveLength(3);
      writeFileSync(file, runsAlone);
      const byItsName = await run([
        ...flags.map((each) => (each === RECIPE ? SAME_RECIPE : each)),
        "--committee",
      ]);
      expect(byItsName).toMatchObject({ code: 0, stdout: "" });
      expect(linesOf(byItsName.stderr).at(-1)).toBe(
        `${SAME_RECIPE}, seeds 5–6 together: ${percent(accuracy)}%`,
      );
    },
    120_000,
  );

  test("reports on the record in docs what stands there", async () => {
    const directory = temporaryDirectory();
    copyFileSync(docs("results.jsonl"), join(directory, "results.jsonl"));
    const out = ["--out", join(directory, "results.md")];
    const outcome = await run(["reproduce", "--all", "--report-only", ...out]);
    expect(outcome).toEqual({ code: 0, stdout: "", stderr: "" });
    const names = readdirSync(directory);
    expect(names.sort()).toEqual(readdirSync(docs("")).filter((name) => /^results/.test(name)));
    for (const name of names) {
      expect(readFileSync(join(directory, name), "utf8")).toBe(readFileSync(docs(name), "utf8"));
    }
  });

  test("refuses data that the figures are not of, from a flag and from the environment, and leaves nothing behind", async () => {
    const directory = dataDirectory();
    const says = `${directory} does not hold MNIST`;
    const folder = temporaryDirectory();
    const kept = ["--record", join(folder, "record.jsonl"), "--save", join(folder, "runs")];
    const args = ["reproduce", RECIPE, ...kept];
    for (const outcome of [
      await run([...args, "--data-dir", directory]),
      await run(args, { TRAIN_MNIST_DATA: directory }),
    ]) {
      expect(outcome).toMatchObject({ code: 2, stdout: "" });
      expect(outcome.stderr).toMatch(/^train-mnist: [^\n]+\n$/);
      expect(outcome.stderr).toContain(says);
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test("says that it is going to replace a file that is not the report on its record", async () => {
    const out = join(temporaryDirectory(), "notes.md");
    writeFileSync(out, "notes");
    const args = ["reproduce", RECIPE, "--out", out, "--data-dir", dataDirectory()];
    expect(linesOf((await run(args)).stderr)[0]).toBe(`replacing ${out}`);
    writeFileSync(out.replace(".md", ".jsonl"), "");
    expect((await run(args)).stderr).not.toContain("replacing");
  });

  test("does not write the report over the record", async () => {
    const out = join(temporaryDirectory(), "results.jsonl");
    const record = "a line that is left as it is";
    writeFileSync(out, record);
    for (const args of [[], ["--record", out]]) {
      const outcome = await run(["reproduce", RECIPE, "--report-only", "--out", out, ...args]);
      expect(outcome).toMatchObject({ code: 2, stdout: "" });
      expect(outcome.stderr).toContain("cannot be both the report and the record");
      expect(readFileSync(out, "utf8")).toBe(record);
    }
  });

  test.each([
    { args: ["nielsen-ch1-31"], says: "nielsen-ch1-30" },
    { args: ["--seeds", "1,1"], says: "'1,1'" },
    { args: ["--seeds", "x"], says: "whole number" },
    { args: ["--seeds", "1", "--report-only"], says: "--seeds" },
    { args: ["--save", "runs", "--report-only"], says: "--save" },
    { args: ["--committee", "--report-only"], says: "--committee" },
    { args: ["--committee"], says: "--save" },
    { args: ["--committee", "--save", "runs", "--seeds", "1"], says: "two seeds" },
    {
      args: ["default", "--all"],
      says: "--all has no effect: with default, no other recipe is run",
    },
    { args: ["--jobs", "2", "--report-only"], says: "--jobs" },
    { args: ["--data-dir", ".", "--report-only"], says: "--data-dir" },
    { args: ["--out", join("no", "such", "folder.md")], says: "folder.md" },
    { args: ["--out", tmpdir()], says: "it is a folder" },
    { args: ["--out", `${join(tmpdir(), "new")}/`], says: "the name of a folder" },
    { args: ["--record", join("no", "such", "folder.jsonl")], says: "folder.jsonl" },
    { args: ["--record", tmpdir()], says: "it is not a regular file" },
    { args: ["--record", "/dev/zero"], says: "cannot use /dev/zero as a record" },
  ])("refuses $args with exit code 2 and one line", async ({ args, says }) => {
    const { code, stdout, stderr } = await run(["reproduce", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
    expect(stderr).toContain(says);
  });

  test("has help of at most 80 columns with examples first", async () => {
    const { code, stdout } = await run(["reproduce", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Examples:\n/);
    expect(stdout).toContain("(default: 1,2,3)");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
