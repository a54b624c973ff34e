import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, outcomeOf, run, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";

const RECIPE = "nielsen-ch3-init-default";

describe("train-mnist reproduce", () => {
  test.skipIf(process.platform === "win32")(
    "goes on where it was interrupted, and reports each time on the runs that it has",
    async () => {
      const out = join(temporaryDirectory(), "results.md");
      const data = ["--data-dir", dataDirectory(separableDataset(60_000, 100)), "--threads", "1"];
      const flags = ["reproduce", RECIPE, "--seeds", "5,6", "--out", out, ...data];
      const record = () => linesOf(readFileSync(out.replace(".md", ".jsonl"), "utf8"));
      const row = () =>
        readFileSync(out, "utf8")
          .split("\n")
          .find((line) => line.includes(RECIPE));

      const child = start(flags);
      child.stderr.on("data", (text: string) => {
        if (text.includes("seed 5: ")) child.kill("SIGINT");
      });
      const interrupted = await outcomeOf(child);
      expect(interrupted).toMatchObject({ code: 130, stdout: "" });
      expect(interrupted.stderr).toMatch(/seed 6: stopped after \d+ epochs\n$/);
      expect(record()).toHaveLength(1);
      expect(row()).not.toContain("±");

      const resumed = await run(flags);
      expect(resumed).toMatchObject({ code: 0, stdout: "" });
      expect(linesOf(resumed.stderr)).toEqual([
        `1/2 ${RECIPE}, seed 5: in the record`,
        expect.stringMatching(/^2\/2 .*, seed 6: \d+\.\d\d%, \d+\.\d\d% at best; .* s$/),
      ]);
      expect(record()).toHaveLength(2);
      expect(row()).toContain("±");

      const kept = out.replace(".md", ".jsonl");
      const again = await run([
        "reproduce",
        RECIPE,
        "--seeds",
        "5,6",
        "--record",
        kept,
        "--report-only",
      ]);
      expect(again).toEqual({ code: 0, stdout: readFileSync(out, "utf8"), stderr: "" });
    },
    120_000,
  );

  test.each([
    { args: ["nielsen-ch1-31"], says: "nielsen-ch1-30" },
    { args: ["--seeds", "1,1"], says: "'1,1'" },
    { args: ["--seeds", "x"], says: "whole number" },
    { args: ["--out", join("no", "such", "folder.md")], says: "folder.md" },
    { args: ["--out", tmpdir()], says: "it is a folder" },
    { args: ["--record", join("no", "such", "folder.jsonl")], says: "folder.jsonl" },
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
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
