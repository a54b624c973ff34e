/** What docs/architecture.md tells one to add works: its diffs, applied to a copy, build and pass. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksOf, root } from "./blocks.js";
import { applyChange, parseDiff } from "./diffs.js";

const repository = fileURLToPath(root);
const changes = blocksOf("docs/architecture.md", "diff").flatMap(({ text }) => parseDiff(text));
const MINUTES = 60_000;

describe("the diffs of docs/architecture.md, applied to a copy of the sources,", () => {
  let copy: string;
  const run = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, [join("node_modules", script), ...args], {
      cwd: copy,
      encoding: "utf8",
      stdio: "pipe",
    });

  beforeAll(() => {
    copy = realpathSync(mkdtempSync(join(tmpdir(), "train-mnist-architecture-")));
    const configurations = [
      "package.json",
      "tsconfig.json",
      "tsconfig.build.json",
      "vitest.config.ts",
    ];
    for (const part of ["src", "bin", "test", "data", ...configurations]) {
      // What test/export has installed is large, and not needed here.
      const filter = (source: string) => basename(source) !== "node_modules";
      cpSync(join(repository, part), join(copy, part), { recursive: true, filter });
    }
    symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"), "junction");
    for (const change of changes) {
      const file = join(copy, change.file);
      mkdirSync(dirname(file), { recursive: true });
      const source = change.isNew ? "" : readFileSync(file, "utf8").replaceAll("\r\n", "\n");
      writeFileSync(file, applyChange(source, change));
    }
  });
  afterAll(() => rmSync(copy, { recursive: true }), MINUTES);

  test("are well typed, and compile", { timeout: 3 * MINUTES }, () => {
    run("typescript/bin/tsc", "--noEmit");
    execFileSync("npm", ["run", "build"], {
      cwd: copy,
      stdio: "pipe",
      shell: process.platform === "win32",
    });
  });

  test("pass the suites that go through the tables", { timeout: 3 * MINUTES }, () => {
    const report = run(
      "vitest/vitest.mjs",
      ...["run", "--reporter=json", "-t", "square|isru"],
      ...[
        "test/autodiff/primitives.test.ts",
        "test/engine/conformance.test.ts",
        "test/nn/mlp.test.ts",
      ],
    );
    const { numPassedTests, numFailedTests } = JSON.parse(report.slice(report.indexOf("{")));
    expect(numFailedTests).toBe(0);
    // Three in each suite of the primitive's, one on each executor, two of the activation's at least.
    expect(numPassedTests).toBeGreaterThan(8);
  });

  const trainMnist = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    execFileSync(process.execPath, ["dist/bin/train-mnist.js", ...args], {
      cwd: copy,
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
  const endOf = (output: string) => JSON.parse(output.trim().split("\n").at(-1) as string);
  const short = ["--dataset", "generated", "--epochs", "1", "--train-size", "5000", "--json"];

  test("train a network with the new activation on the engine", { timeout: MINUTES }, () => {
    const { testAccuracy } = endOf(trainMnist([...short, "--activation", "isru"]));
    expect(testAccuracy).toBeGreaterThan(0.5);
  });

  test("make the new setting one like all others", { timeout: MINUTES }, () => {
    const configuration = (args: readonly string[], env?: NodeJS.ProcessEnv) =>
      JSON.parse(trainMnist([...args, "--print-config"], env));
    const given = configuration(["--clip", "0.1"]);
    expect(given).toEqual({ ...configuration(["--hidden", "100"]), clip: 0.1 });
    expect(configuration([], { TRAIN_MNIST_CLIP: "0.1" })).toEqual(given);
    writeFileSync(join(copy, "clipped.json"), '{ "clip": 0.1 }');
    expect(configuration(["--config", "clipped.json"])).toEqual(given);
    expect(trainMnist(["--help"])).toContain("--clip <c>");

    // No weight can move by more than η c in each of 500 steps.
    const clipped = [...short, "--clip", "1e-9", "--save", "clipped.safetensors"];
    const { loss: first } = endOf(trainMnist([...clipped, "--dry-run"]));
    const { trainLoss } = JSON.parse(trainMnist(clipped).trim().split("\n")[1] as string);
    expect(Math.abs(trainLoss - first)).toBeLessThan(0.5);
    const resume = ["--resume", "clipped.safetensors", "--clip", "0.2"];
    expect(() => trainMnist(resume)).toThrow(/--clip 0\.2 does not agree/);
  });

  test("add a command with its help", () => {
    expect(JSON.parse(trainMnist(["primitives", "--json"]))).toContain("square");
    expect(trainMnist(["primitives"])).toMatch(/^add\n[\s\S]*matmul\n/);
    const help = readFileSync(join(copy, "dist/help/train-mnist-primitives.txt"), "utf8");
    expect(trainMnist(["primitives", "--help"])).toBe(help);
  });
});

describe("a hunk", () => {
  test("of no file makes a new one", () => {
    const [change] = parseDiff("--- /dev/null\n+++ b/folder/file.ts\n@@\n+one\n+two\n");
    expect(change).toMatchObject({ file: "folder/file.ts", isNew: true });
    expect(applyChange("", change!)).toBe("one\ntwo\n");
  });
  const diff = "--- a/file.ts\n+++ b/file.ts\n@@\n one\n-two\n+three\n";
  test("replaces what it takes away, where its context is", () => {
    const [change] = parseDiff(diff);
    expect(applyChange("one\ntwo\nfour\n", change!)).toBe("one\nthree\nfour\n");
  });
  test.each(["one\nfour\n", "one\ntwofold\n", "one\ntwo\none\ntwo\n"])(
    "does not apply elsewhere",
    (source) => {
      expect(() => applyChange(source, parseDiff(diff)[0]!)).toThrow(
        /^file\.ts has (no place|two places) like/,
      );
    },
  );
});
