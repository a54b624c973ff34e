/**
 * What a sweep of a hundred thousand runs takes to plan, to plan again, and to look at: processor time and
 * peak memory of the command, with the time to load and verify the data in it.
 *
 *   node bench/sweep.mjs [--data-dir path/to/mnist]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../dist/bin/train-mnist.js", import.meta.url));
const [flag, folder] = process.argv.slice(2);
const data = flag === "--data-dir" && folder ? [flag, folder] : ["--dataset", "generated"];

/** 5 · 10 · 4 · 5 · 100 runs. */
const SPEC = {
  hidden: ["10", "20", "30", "40", "50"],
  learningRate: Array.from({ length: 10 }, (_, k) => (k + 1) / 10),
  batchSize: [5, 10, 20, 40],
  lambda: [0, 0.1, 1, 5, 10],
  seeds: "1-100",
};

/** Loaded before the command: says at its end what it has used. */
const METER = `data:text/javascript,process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write("\\n" + JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, maxRSS }));
})`;

const directory = mkdtempSync(join(tmpdir(), "train-mnist-sweep-"));
try {
  const [spec, out] = [join(directory, "spec.json"), join(directory, "sweep")];
  writeFileSync(spec, JSON.stringify(SPEC));
  const plan = ["sweep", spec, ...data, "--plan-only", "--out", out];
  measure("plan", plan);
  measure("plan again", plan);
  measure("status", ["sweep", "status", out]);
} finally {
  rmSync(directory, { recursive: true });
}

function measure(what, args) {
  const begin = performance.now();
  const child = spawnSync(process.execPath, ["--import", METER, script, ...args], {
    encoding: "utf8",
  });
  const wall = (performance.now() - begin) / 1000;
  if (child.status !== 0) throw new Error(child.stderr);
  const { seconds, maxRSS } = JSON.parse(child.stderr.split("\n").at(-1));
  const [cpu, memory] = [seconds.toFixed(2), (maxRSS / 1000).toFixed(0)];
  console.log(
    `${what.padEnd(10)}  ${cpu} s of processor, ${wall.toFixed(2)} s in all, ${memory} MB`,
  );
}
