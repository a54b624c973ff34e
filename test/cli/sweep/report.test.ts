import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectFlags } from "../../../src/cli/sweep/running/planned-flags.js";
import { writeEnding } from "../../../src/sweeps/folder/results.js";
import { Sweep } from "../../../src/sweeps/folder/sweep.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { folderOf, prepare, sweep } from "./sweeps.js";

/** What each seed of a setting is to have come to: accuracies, a failure, or nothing yet. */
type Made = readonly [validation: number, test: number, reason?: string] | string | undefined;

/** A sweep of three learning rates, which nobody has trained. */
async function made(results: readonly Made[], flags: readonly string[] = []) {
  const { data, out } = prepare();
  const rates = ["0.01", "0.1", "1"].flatMap((rate) => ["--lr", rate]);
  const all = [...data, ...rates, "--seeds", "1-3", "--epochs", "2", ...flags, "--out", out];
  expect(await sweep(...all, "--plan-only")).toMatchObject({ code: 0 });
  const opened = await Sweep.open(out, expectFlags);
  for (const [index, result] of results.entries()) {
    if (result === undefined) continue;
    const run = opened.run(index);
    const { sha256 } = run;
    const folder = opened.folderOf(run);
    if (typeof result === "string") {
      await writeEnding(out, index, folder, { failed: { sha256, message: result } });
      continue;
    }
    const [validationAccuracy, testAccuracy, reason = "epochs"] = result;
    const last = { validationAccuracy, testAccuracy };
    const best = { bestValidationAccuracy: 0.5, bestTestAccuracy: testAccuracy - 0.01 };
    const done = { sha256, reason, epochs: 2, ...last, bestEpoch: 1, ...best, seconds: 1.5 };
    await writeEnding(out, index, folder, { done: { ...done, weightsSha256: "ab".repeat(32) } });
  }
  return out;
}

const RESULTS: readonly Made[] = [
  ...([
    [0.9, 0.88],
    [0.92, 0.87, "patience"],
    [0.94, 0.86],
  ] as const),
  ...([[0.97, 0.95], "diverged\nin two lines", undefined] as const),
  ...([
    [0.91, 0.83],
    [0.91, 0.84],
    [0.91, 0.85],
  ] as const),
];

describe("the report on a sweep", () => {
  test("has means, deviations and intervals by setting, and chooses where no seed is missing", async () => {
    const out = await made(RESULTS);
    const { code, stdout } = await sweep("report", out);
    expect(code).toBe(0);
    const rows = linesOf(stdout).map((line) => line.split(/ {2,}/).filter(Boolean));
    expect(rows.slice(0, 6)).toEqual([
      [expect.stringMatching(/: 7 of 9 runs done, 1 failed, 1 left; 1 stopped early by patience$/)],
      [],
      ["lr", "seeds", "validation", "95%", "epochs", "time"],
      // 97% is of one seed; t₂ = 4.303, so that the interval is 92 ± 4.303 · 2/√3.
      ["0.1", "1 of 3", "97.00%", "–", "2", "1.50 s"],
      ["*", "0.01", "3", "92.00% ± 2.00", "87.03–96.97%", "2", "1.50 s"],
      ["1", "3", "91.00% ± 0.00", "91.00–91.00%", "2", "1.50 s"],
    ]);
    expect(stdout).toContain("best on validation: lr=0.01\n  test accuracy 87.00% ± 1.00, with 3");
    expect(stdout).toContain("failed: run 4 (lr=0.1 seed=2): diverged\n");
    expect(stdout).not.toContain("84.00%");
  });

  test("shows other test accuracies only when asked, in JSON and for spreadsheets, too", async () => {
    const out = await made(RESULTS);
    const json = async (...flags: readonly string[]) =>
      JSON.parse((await sweep("report", out, "--json", ...flags)).stdout);
    const hidden = await json();
    expect(hidden).toMatchObject({
      ...{ name: "sweep", epoch: "last", varying: ["learningRate"], chosen: 1 },
      runs: { done: 7, failed: 1, running: 0, left: 1, early: { patience: 1 } },
      failures: [{ index: 4, label: "lr=0.1 seed=2", message: "diverged" }],
    });
    const [first, chosen, last] = hidden.groups;
    expect(first).toMatchObject({ runs: [3, 4, 5], done: 1, testAccuracy: null });
    expect(first.validationAccuracy).toEqual({ n: 1, mean: 0.97, deviation: null, interval: null });
    expect(chosen).toMatchObject({ settings: { learningRate: 0.01 }, seeds: [1, 2, 3] });
    expect(chosen.testAccuracy.mean).toBeCloseTo(0.87, 12);
    expect(chosen.validationAccuracy.interval.low).toBeCloseTo(
      0.92 - (4.303 * 0.02) / 3 ** 0.5,
      12,
    );
    expect(last.testAccuracy).toBeNull();
    const all = await json("--test");
    expect(all.groups[2].testAccuracy.mean).toBeCloseTo(0.84, 12);

    const lines = linesOf((await sweep("report", out, "--csv")).stdout);
    expect(lines[0]).toBe(
      "run,learningRate,seed,state,epochs,reason,validationAccuracy,testAccuracy,trainingSeconds,weightsSha256",
    );
    expect(lines).toHaveLength(10);
    const digest = "ab".repeat(32);
    expect(lines).toContain(`1,0.01,2,done,2,patience,0.92,0.87,1.5,${digest}`);
    expect(lines).toContain(`6,1,1,done,2,epochs,0.91,,1.5,${digest}`);
    expect(lines).toContain("5,0.1,3,left,,,,,,");
  });

  test("takes the epochs best on validation where their networks are kept", async () => {
    const out = await made([[0.9, 0.88]], ["--keep", "best"]);
    const { epoch, groups } = JSON.parse((await sweep("report", out, "--json")).stdout);
    expect(epoch).toBe("best");
    expect(groups[0].validationAccuracy.mean).toBe(0.5);
    expect(groups[0].testAccuracy.mean).toBeCloseTo(0.87, 12);
  });

  test("has curves and a plot of each setting, in a file and as figures, and replaces no network", async () => {
    const { flags, out } = prepare();
    const axes = ["--hidden", "6", "--hidden", "8,5", "--lr", "0.1", "--lr", "3", "--seeds", "1-2"];
    expect(await sweep(...flags, ...axes, "--out", out)).toMatchObject({ code: 0 });
    const folder = temporaryDirectory();
    const [html, csv] = [join(folder, "report.html"), join(folder, "runs.csv")];
    const files = ["--html", html, "--csv", csv, "--svg", join(folder, "figures")];
    const { code, stdout } = await sweep("report", out, ...files);
    expect(code).toBe(0);
    expect(stdout).toContain("8 of 8 runs done");
    const elsewhere = join(temporaryDirectory(), "runs.csv");
    copyFileSync(csv, elsewhere);
    const { stderr } = await sweep("report", out, "--html", html, "--csv", elsewhere);
    expect(stderr).toBe(`replacing ${html} and 1 more file\n`);
    expect(linesOf(readFileSync(csv, "utf8"))).toHaveLength(9);
    const document = readFileSync(html, "utf8");
    const lacking = ["by hidden", "by learning rate", "lr=3, validation", "8, 5"].filter(
      (words) => !document.includes(words),
    );
    expect(lacking).toEqual([]);
    expect(document.includes("lr=3, test")).toBe(false);
    expect(existsSync(join(folder, "figures", "by-learning-rate.svg"))).toBe(true);

    const network = join(folderOf(out, 0), "model.safetensors");
    const before = readFileSync(network);
    expect((await sweep("report", out, "--html", network)).code).toBe(2);
    expect(readFileSync(network).equals(before)).toBe(true);
    for (const [flag, name] of [
      ["--csv", "runs.jsonl"],
      ["--html", "sweep.json"],
    ] as const) {
      expect((await sweep("report", out, flag, join(out, name))).code).toBe(2);
    }
    expect((await sweep("report", out)).code).toBe(0);
  });

  const expectSentence = async (out: string, words: string) => {
    const { code, stdout, stderr } = await sweep("report", out);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(words);
    expect(linesOf(stderr)).toHaveLength(1);
  };

  test("of no sweep says so", () =>
    expectSentence(temporaryDirectory(), "there is no sweep.json in it"));

  test.each([
    ["is cut off", (text: string) => text.slice(0, 5)],
    ["is empty", () => ""],
    ["has no parts", () => "{}"],
    ["is no object", () => "null"],
    [
      "has an impossible accuracy",
      (text: string) => JSON.stringify({ ...JSON.parse(text), validationAccuracy: 9 }),
    ],
    [
      "has an impossible number of epochs",
      (text: string) => JSON.stringify({ ...JSON.parse(text), epochs: -1 }),
    ],
  ])("of a result that %s says that it is damaged", async (_, damage) => {
    const out = await made([[0.9, 0.9]]);
    const file = join(out, "done", "0.json");
    writeFileSync(file, damage(readFileSync(file, "utf8")));
    await expectSentence(out, "0.json is damaged: delete it, and the run is repeated");
  });
});
