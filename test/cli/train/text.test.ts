import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { linesOf, outcomeOf, script, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";

const EPOCH =
  /^epoch [1-3]\/3 {2}loss \d+\.\d{4} {2}train \d+\.\d\d% {2}validation \d+\.\d\d% {2}test \d+\.\d\d% {2}(?:η [\d.]+ {2})?\d+\.\d\d s {2}[\d,]+ images\/s {2}train loss \d+\.\d{4} {2}validation loss \d+\.\d{4} {2}test loss \d+\.\d{4}$/;

const small = (...more: string[]) => [
  "--data-dir",
  dataDirectory(),
  "--validation-size",
  "10",
  "--epochs",
  "3",
  ...more,
];

/** All characters below the space, and DEL, except newlines. */
const controlCharacters = (text: string) =>
  [...text].filter((c) => (c < " " && c !== "\n") || c === "\u007f");

describe("text off a terminal", () => {
  test("is one plain line per epoch and the result on stdout, and the rest on stderr", async () => {
    const { code, stdout, stderr } = await run(small("--seed", "5"));
    const lines = linesOf(stdout);
    expect(code).toBe(0);
    expect(lines).toHaveLength(5);
    for (const line of lines.slice(0, 3)) expect(line).toMatch(EPOCH);
    expect(lines.slice(0, 3).map((line) => line.slice(0, 9))).toEqual([
      "epoch 1/3",
      "epoch 2/3",
      "epoch 3/3",
    ]);
    expect(lines[3]).toMatch(/^test accuracy \d+\.\d\d% after epoch 3$/);
    expect(lines[4]).toMatch(/validation \([1-3]\): \d+\.\d\d%$/);
    expect(stderr).toContain("70 images to train on, 10 for validation, 20 to test");
    expect(stderr).toContain("[100,200,100,10]");
    expect(stderr).toContain("seed 5");
    expect(controlCharacters(stdout + stderr)).toEqual([]);
  });

  test("says nothing beyond plain gradient descent where there is nothing", async () => {
    const { stderr } = await run(small("--lr", "0.5", "--hidden", "6"));
    const said = stderr.split("\n").findIndex((line) => line.startsWith("η 0.5, "));
    expect(said).toBeGreaterThan(-1);
    expect(stderr.split("\n")[said + 1]).toMatch(/ in all; weights sha256 /);
  });

  test("says why it ended before all epochs were done", async () => {
    const { stdout } = await run(small("--lr", "1e-9", "--patience", "1", "--quiet"));
    expect(linesOf(stdout)).toEqual([
      "ended early: the validation accuracy has not improved in an epoch",
      expect.stringMatching(/^test accuracy \d+\.\d\d% after epoch 2$/),
      expect.stringContaining("validation (1)"),
    ]);
  });

  test("says what goes beyond plain gradient descent", async () => {
    const { stderr } = await run(
      small(
        ...["--optimizer", "adam", "--schedule", "cosine", "--dropout", "0.5", "--max-norm", "3"],
        ...["--elastic", "4,34", "--elastic-field", "29"],
      ),
    );
    expect(linesOf(stderr)).toContain("adam, schedule cosine, dropout 0.5, max-norm 3");
    expect(linesOf(stderr)).toContain(
      "images deformed: elastic σ 4 α 34, displacements normalised on 29×29 pixels",
    );
    const more = [
      ...["--optimizer", "rmsprop", "--init", "glorot", "--l1", "2"],
      ...["--label-smoothing", "0.1", "--adversarial", "0.5", "--ema", "0.9"],
    ];
    const lines = linesOf((await run(small(...more))).stderr);
    expect(lines).toContain(
      "rmsprop, L1 λ 2, label smoothing 0.1, adversarial ε 0.5, weights averaged with decay 0.9",
    );
    expect(lines).toContainEqual(expect.stringMatching(/, glorot weights$/));
    expect(lines).toContainEqual(expect.stringMatching(/^η 0\.001,/));
  });

  test.each([
    { more: [], says: "recipe default" },
    { more: ["--seed", "2", "--epochs", "3"], says: "recipe default" },
    { more: ["--recipe", "default", "--max-norm", "3"], says: "recipe default, except --max-norm" },
    {
      more: ["--recipe", "best-validated", "--schedule", "constant", "--batch-size", "10"],
      says: "recipe best-validated, except --schedule, --lr-end, --batch-size",
    },
  ])("says first which recipe it follows, and in what not: $more", async ({ more, says }) => {
    const data = ["--data-dir", dataDirectory(), "--validation-size", "10"];
    const { stderr } = await run([...data, "--dry-run", ...more]);
    expect(linesOf(stderr)[0]).toBe(says);
  });

  test("says how to keep the default recipe where a flag switches it off, and only there", async () => {
    const firstLine = async (...flags: string[]) =>
      linesOf((await run(small("--dry-run", ...flags))).stderr)[0];
    expect(await firstLine("--lr", "1", "--hidden", "9,8")).toBe(
      "plain settings; to keep the deformations and schedule of the default: --recipe default --hidden 9,8 --learning-rate 1",
    );
    for (const flag of [
      ["--recipe", "nielsen-ch1-30"],
      ["--elastic", "6,36"],
      ["--schedule", "cosine"],
    ]) {
      expect(await firstLine(...flag)).not.toContain("plain");
    }
  });

  test("has η in the lines of a run in which it changes", async () => {
    const rates = async (...more: string[]) =>
      linesOf((await run(small("--lr", "1e-9", ...more))).stdout).flatMap(
        (line) => line.match(/ {2}test [^ ]+ {2}η (\S+) {2}/)?.[1] ?? [],
      );
    expect(await rates("--schedule", "plateau", "--patience", "1")).toEqual([
      "1e-9",
      "1e-9",
      "5e-10",
    ]);
    expect(await rates("--warmup", "1")).toEqual(["5e-10", "1e-9", "1e-9"]);
    expect(await rates()).toEqual([]);
  });

  test("has no validation in its epochs with --validation-size 0", async () => {
    const { stdout } = await run(small("--validation-size", "0"));
    for (const line of linesOf(stdout).slice(0, 3)) expect(line).not.toContain("validation");
  });

  test("with --quiet is the result alone, with nothing on stderr", async () => {
    const { code, stdout, stderr } = await run(small("--quiet"));
    expect(code).toBe(0);
    expect(linesOf(stdout)).toHaveLength(2);
    expect(stdout).toMatch(/^test accuracy/);
    expect(stderr).toBe("");
  });

  test("with --dry-run is one line on one batch, which has no epoch", async () => {
    const { code, stdout } = await run(small("--dry-run"));
    expect(code).toBe(0);
    expect(linesOf(stdout)).toHaveLength(1);
    expect(stdout).toMatch(
      /one batch: mean cost \d+\.\d{4} in .* \(\d threads?, (128|256) bits\); nothing is trained/,
    );
  });

  test("is the same with the word train in front of the flags", async () => {
    const [, accuracy] = linesOf((await run(["train", ...small("--epochs", "1")])).stdout);
    const [, expected] = linesOf((await run(small("--epochs", "1"))).stdout);
    expect(accuracy).toBe(expected);
  });

  test.each([
    { env: {}, coloured: false },
    { env: { FORCE_COLOR: "1" }, coloured: true },
    { env: { FORCE_COLOR: "0" }, coloured: false },
    { env: { NO_COLOR: "1" }, coloured: false },
  ])("with $env in the environment has colours: $coloured", async ({ env, coloured }) => {
    const { stdout } = await run(small(), env);
    expect(controlCharacters(stdout).length > 0).toBe(coloured);
  });
});

test.skipIf(!existsSync("/dev/full"))("output to a full disk is said once to fail", () => {
  const output = openSync("/dev/full", "w");
  const args = [script, ...small("--epochs", "2", "--json")];
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ["ignore", output, "pipe"],
    encoding: "utf8",
  });
  closeSync(output);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "train-mnist: the output cannot be written: no space left on device\n",
  });
});

describe("a reader that goes away early", () => {
  test.each([{ flags: [] }, { flags: ["--json"] }])(
    "ends training quietly with exit code 141 ($flags)",
    async ({ flags }) => {
      const child = start(small("--epochs", "1000000", ...flags));
      const outcome = outcomeOf(child);
      child.stdout.once("data", () => child.stdout.destroy());
      const { code, stderr } = await outcome;
      expect(code).toBe(141);
      expect(stderr).not.toMatch(/EPIPE|Error|^\s+at /m);
    },
  );

  test("ends a command that only prints with exit code 0", async () => {
    const child = start(["backprop", "--layers", "8,30,30,30,8", "--values"]);
    const outcome = outcomeOf(child);
    child.stdout.once("data", () => child.stdout.destroy());
    const { code, stderr } = await outcome;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
