/** Running one contestant once, and watching its process. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** How often the peak of memory is read, in milliseconds; the peak itself is the kernel's. */
const pollInterval = 50;

/**
 * The peak resident memory of a process so far.
 *
 * @param {number} pid
 * @returns {number | undefined} bytes; undefined where the system does not tell
 */
function peakMemory(pid) {
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return match ? 1024 * Number(match[1]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @typedef {object} Run
 * @property {number[]} seconds of training, one per epoch, warm-up included
 * @property {number | null} accuracy on the test images, in [0, 1]
 * @property {number} startup seconds from spawning to the first training step
 * @property {number | undefined} simd bits that one instruction computes at once, if it says so
 * @property {number | undefined} peakBytes
 */

/**
 * @param {import("./contestants.mjs").Entry} entry
 * @param {import("./contest.mjs").Task} task
 * @returns {Promise<Run>}
 * @throws {Error} with the reason that stderr gives, if the process fails or does not finish the task
 */
export async function measure(entry, task) {
  const started = performance.now();
  const [program, ...args] = entry.command(task);
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...entry.environment },
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const closed = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  let peakBytes;
  const poll = setInterval(() => {
    peakBytes = peakMemory(child.pid) ?? peakBytes;
  }, pollInterval);

  const seconds = [];
  let startup;
  let simd;
  let accuracy;
  createInterface({ input: child.stdout }).on("line", (line) => {
    peakBytes = peakMemory(child.pid) ?? peakBytes;
    const event = entry.translate(JSON.parse(line));
    if (event?.event === "ready") {
      startup = (performance.now() - started) / 1000;
      simd = event.simd;
    }
    if (event?.event === "epoch") seconds.push(event.seconds);
    if (event?.event === "end") accuracy = event.accuracy;
  });
  try {
    const status = await closed;
    if (status !== 0 || startup === undefined || accuracy === undefined) {
      const lines = stderr.trim().split("\n");
      const reason = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
      throw new Error(`${entry.name} did not finish: ${reason || `exit code ${status}`}`);
    }
  } finally {
    clearInterval(poll);
  }
  return { seconds, accuracy, startup, simd, peakBytes };
}
