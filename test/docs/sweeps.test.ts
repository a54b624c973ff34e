/**
 * The commands of docs/sweeps.md, run one after the other in one folder; of those that need what is not here,
 * the flags. And the manifest for Kubernetes, which must be what its types allow.
 */
import { execFile, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { resultsOf } from "../cli/sweep/sweeps.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { environment, run, script } from "../support/command.js";
import { dataDirectory } from "../support/data-directory.js";
import { separableDataset } from "../support/digits.js";
import { blocksOf, root } from "./blocks.js";

const DOCUMENT = "docs/sweeps.md";
const [specification] = blocksOf(DOCUMENT, "json");
const [manifest] = blocksOf(DOCUMENT, "yaml");
const commands = blocksOf(DOCUMENT, "sh");
const needs = (text: string) =>
  (text.includes("kubectl") && "kubectl") || (text.includes("--slurm") && "sbatch") || undefined;

test("its commands do what they say, in their order", async () => {
  const folder = temporaryDirectory();
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const npx = join(bin, "npx");
  writeFileSync(npx, `#!/bin/sh\nshift\nexec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(npx, 0o755);
  writeFileSync(join(folder, "rates.json"), specification!.text);
  const { PATH } = process.env;
  const data = { TRAIN_MNIST_DATA: dataDirectory(separableDataset(100, 40)) };
  const env = environment({ PATH: `${bin}:${PATH}`, PARALLEL_HOME: bin, ...data });
  const hasParallel = spawnSync("parallel", ["--version"]).status === 0;
  if (!hasParallel) process.stderr.write("parallel is not here: its line is NOT TESTED\n");
  const execute = promisify(execFile);
  let shown = "";
  for (const { text } of commands) {
    if (needs(text) || (text.startsWith("parallel") && !hasParallel)) continue;
    shown += (await execute("sh", ["-e", "-c", text], { cwd: folder, env })).stdout;
  }
  expect(shown).toContain("6 done, 0 running, 0 failed, 0 left");
  expect(shown).toMatch(/^\* the best on validation: hidden=/m);
  expect(existsSync(join(folder, "sizes.html"))).toBe(true);
  expect(readFileSync(join(folder, "sizes.csv"), "utf8").trim().split("\n")).toHaveLength(7);
  const done = [...resultsOf(join(folder, "rates")).keys()];
  expect(done).toEqual(hasParallel ? [0, 1, 2, 3] : [0, 2]);

  // As a pod would.
  const { spec } = parse(manifest!.text);
  expect(spec.completions).toBe(4);
  const [{ command, args }] = spec.template.spec.containers;
  const words = [...command, ...args].map((word: string) => word.replace("/sweeps", folder));
  expect(words.shift()).toBe("train-mnist");
  const index = { JOB_COMPLETION_INDEX: "2", ...data };
  expect((await run(words, index)).stderr).toMatch(/^1 of 1 run done$/m);
}, 120_000);

test("its commands for clusters have flags that there are", async () => {
  const { stdout } = await run(["sweep", "start", "--help"]);
  const lines = commands.filter(({ text }) => needs(text) === "sbatch");
  const flags = lines.flatMap(({ text }) => text.replace(/'.*'/, "").match(/--[\w-]+/g) ?? []);
  expect(flags).toContain("--slurm");
  expect(flags.filter((flag) => !stdout.includes(flag))).toEqual([]);
});

test("its manifest is a job as the types of Kubernetes have it", () => {
  const folder = fileURLToPath(new URL("dist/manifest/", root));
  mkdirSync(folder, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const judge = (job: unknown) => {
    const text = `import type { Job } from "kubernetes-types/batch/v1";\nexport const job: Job = ${JSON.stringify(job)};\n`;
    writeFileSync(join(folder, "job.ts"), text);
    const require = createRequire(import.meta.url);
    const file = require.resolve("typescript/package.json");
    const { bin } = JSON.parse(readFileSync(file, "utf8")) as { bin: { tsc: string } };
    const tsc = fileURLToPath(new URL(bin.tsc, pathToFileURL(file)));
    const options = [
      "--ignoreConfig",
      "--noEmit",
      "--strict",
      "--module",
      "preserve",
      "--types",
      "",
    ];
    return spawnSync(process.execPath, [tsc, ...options, join(folder, "job.ts")], {
      encoding: "utf8",
    }).stdout;
  };
  const job = parse(manifest!.text);
  expect(judge(job)).toBe("");
  expect(judge({ ...job, spec: { ...job.spec, completion: 4 } })).toContain(
    `'"completion"' does not exist`,
  );
});
