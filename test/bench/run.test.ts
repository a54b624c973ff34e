/** The benchmark survives contestants that fail, refuses wrong usage, and ends in order. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const bench = fileURLToPath(new URL("../../bench", import.meta.url));
const files = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];

/**
 * In the place of this project's command: trains nothing. Fails with 30 units (W1), never ends with 512 (W3).
 */
const CONTESTANT = `
import { writeFileSync } from "node:fs";
const hidden = process.argv[process.argv.indexOf("--hidden") + 1];
const emit = (event) => console.log(JSON.stringify(event));
if (hidden === "30") {
  console.error("Error: no 30 units, OpenBLAS for", process.env.OPENBLAS_CORETYPE, process.env.TRAIN_MNIST_LR);
  process.exit(1);
}
emit({ event: "start", simd: 128 });
if (hidden === "512,512") {
  writeFileSync(new URL("pid", import.meta.url), String(process.pid));
  setInterval(() => {}, 1000);
} else {
  console.log("a library says something");
  for (const seconds of [9, 2, 4]) emit({ event: "epoch", seconds });
  emit({ event: "end", testAccuracy: 0.5 });
}
`;

let folder: string;
let contestant: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  for (const name of files) writeFileSync(join(folder, `${name}-ubyte`), "");
  contestant = join(folder, "contestant.mjs");
  writeFileSync(contestant, CONTESTANT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(args: string[], program = "run.mjs"): ChildProcess {
  const environment = { OPENBLAS_CORETYPE: "Nehalem", TRAIN_MNIST_LR: "9" };
  return spawn(process.execPath, [program, ...args], {
    cwd: bench,
    env: { ...process.env, ...environment, TRAIN_MNIST_DATA: folder },
  });
}

async function ended(child: ChildProcess) {
  const [stdout, stderr]: string[][] = [[], []];
  child.stdout?.on("data", (chunk) => stdout?.push(String(chunk)));
  child.stderr?.on("data", (chunk) => stderr?.push(String(chunk)));
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, stdout: stdout?.join(""), stderr: stderr?.join("") };
}

const own = () => ["--only", "train-mnist-1", "--repeat", "1", "--program", contestant];

test("has a row for who finishes, and says why others did not", async () => {
  const json = join(folder, "result.json");
  const run = await ended(start([...own(), "--workloads", "W1,W2", "--json", json]));
  expect(run.stdout).toMatch(/train-mnist-1 did not finish: Error: no 30 units/);
  expect(run.stdout).toMatch(
    /\| train-mnist-1 \| +3\.000 \| 2\.000–4\.000 \|.* 50\.00% \| 128 bits/,
  );
  expect(run.code).toBe(0);
  const { results } = JSON.parse(readFileSync(json, "utf8"));
  expect(results.W1.rows).toEqual([]);
  expect(results.W2.rows).toHaveLength(1);
});

test("contestants run without what would change OpenBLAS's kernels or the settings", async () => {
  const run = await ended(start([...own(), "--workloads", "W1"]));
  expect(run.stdout).toContain("OpenBLAS for undefined undefined");
});

test("says with what kernels peers are to compute as without AVX-512, and lets them", async () => {
  const run = await ended(start([...own(), "--workloads", "W1", "--avx2"]));
  expect(run.stdout).toContain('With OPENBLAS_CORETYPE="Haswell" ATEN_CPU_CAPABILITY="avx2"');
  expect(run.stdout).toContain("OpenBLAS for Haswell undefined");
});

test.skipIf(availableParallelism() < 2)("says how far apart two threads are", async () => {
  const only = ["--only", "train-mnist-2", "--repeat", "1", "--program", contestant];
  const run = await ended(start([...only, "--workloads", "W2"]));
  expect(run.stdout).toMatch(
    /^A word went from one thread to another and back in \d+ to \d+ ns\.$/m,
  );
  const alone = await ended(start([...own(), "--workloads", "W2"]));
  expect(alone.stdout).not.toContain("A word went");
});

test("fails where nobody could be measured, and says what is missing", async () => {
  const missing = join(folder, "missing.mjs");
  const only = ["--only", "train-mnist-1", "--workloads", "W1", "--program", missing];
  const run = await ended(start(only));
  expect(run.stderr).toContain(`Skipping train-mnist-1; to include it: ${missing}: npm run build`);
  expect(run.code).toBe(1);
});

test("ends a contestant that takes too long", async () => {
  const run = await ended(start([...own(), "--workloads", "W3", "--limit", "1"]));
  expect(run.stdout).toContain("train-mnist-1 did not finish: it took longer than 1 seconds");
});

test.skipIf(process.platform === "win32")("Ctrl-C ends the contestant too", async () => {
  const pid = join(folder, "pid");
  rmSync(pid, { force: true });
  const child = start([...own(), "--workloads", "W3,W2"]);
  const end = ended(child);
  while (!existsSync(pid) || readFileSync(pid, "utf8") === "") {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGINT");
  const { code, stdout } = await end;
  expect(code).toBe(130);
  expect(stdout).not.toContain("W2:");
  expect(() => process.kill(Number(readFileSync(pid, "utf8")), 0)).toThrow("ESRCH");
});

test.each([
  ["run.mjs", ["--workloads", "W9"], '--workloads does not know "W9"; it knows W1, W2, '],
  ["run.mjs", ["--only", "nobody"], '--only does not know "nobody"; it knows train-mnist-1, '],
  ["run.mjs", ["--epochs", "1"], '--epochs is a whole number from 2 on, not "1".'],
  ["run.mjs", ["--node", "/nowhere"], "--node /nowhere is not a Node.js that runs."],
  ["run.mjs", ["--json", "/nowhere/x"], "--json /nowhere/x cannot be written: "],
  ["run.mjs", ["--data-dir", bench], `${bench} does not have the four IDX files of MNIST.`],
  ["run.mjs", ["--fast"], "Unknown option '--fast'."],
  ["scaling.mjs", ["--widths", "30,x"], '--widths is a whole number from 1 on, not "x".'],
  ["scaling.mjs", ["--peer", "nobody"], '--peer does not know "nobody"; it knows numpy, '],
  ["default.mjs", [], "--against is missing: name a version, such as 0.1.0."],
  ["default.mjs", ["--against", "99.0.0"], "--against 99.0.0 is neither a file, a folder "],
  ["table.mjs", ["/nowhere/x.json"], "/nowhere/x.json cannot be read, or was not written by "],
])("%s %j is refused with a sentence", async (program, args, sentence) => {
  const given = program === "default.mjs" ? ["--program", contestant, ...args] : args;
  const { code, stdout, stderr } = await ended(start(given, program));
  expect(stderr?.split("\n")).toEqual([expect.stringContaining(sentence), ""]);
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

test.each(["run.mjs", "scaling.mjs", "default.mjs", "table.mjs", "profile.mjs"])(
  "%s --help prints its usage",
  async (program) => {
    const { code, stdout } = await ended(start(["--help"], program));
    expect(stdout).toMatch(new RegExp(`^Usage: node ${program}`));
    expect(code).toBe(0);
  },
);
