/** Running one contestant once, and watching its process. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { environment } from "./environment.mjs";

/** How often the peak of memory is read, in milliseconds; the peak itself is the kernel's. */
const pollInterval = 50;

/**
 * The peak resident memory of a process so far.
 *
 * @param {number | undefined} pid
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

/** @param {string} line what it means, if it is a line of JSON: libraries print other things too */
export function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Why a process failed, from what it wrote to stderr and how it ended. */
function reasonOf(stderr, status, signal) {
  const lines = stderr.trim().split("\n");
  const reason = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
  if (reason) return reason.trim();
  if (signal) return `it was ended by ${signal}`;
  return status === 0 ? "it did not report all of its task" : `exit code ${status}`;
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
 * @param {import("./entry.mjs").Entry} entry
 * @param {import("./contest.mjs").Task} task
 * @param {{ signal?: AbortSignal, limit?: number }} [options] what ends the process early: a signal,
 *   or so many seconds
 * @returns {Promise<Run>}
 * @throws {Error} with the reason that stderr gives, if the process fails or does not finish the task
 */
export async function measure(entry, task, { signal, limit } = {}) {
  const started = performance.now();
  const [program, ...args] = entry.command(task);
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(entry.environment),
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const closed = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...ending) => resolve(ending));
  });
  let peakBytes;
  const poll = setInterval(() => {
    peakBytes = peakMemory(child.pid) ?? peakBytes;
  }, pollInterval);
  let late = false;
  const kill = () => child.kill("SIGKILL");
  const timer = setTimeout(
    () => {
      late = true;
      kill();
    },
    1000 * (limit ?? 2 ** 20),
  );
  signal?.addEventListener("abort", kill);

  const seconds = [];
  let startup;
  let simd;
  let accuracy;
  createInterface({ input: child.stdout }).on("line", (line) => {
    peakBytes = peakMemory(child.pid) ?? peakBytes;
    const message = parsed(line);
    const event = message && entry.translate(message);
    if (event?.event === "ready") {
      startup = (performance.now() - started) / 1000;
      simd = event.simd;
    }
    if (event?.event === "epoch") seconds.push(event.seconds);
    if (event?.event === "end") accuracy = event.accuracy;
  });
  try {
    const [status, endedBy] = await closed;
    if (late) throw new Error(`it took longer than ${limit} seconds`);
    const isWhole = startup !== undefined && seconds.length > 1 && accuracy !== undefined;
    if (status !== 0 || !isWhole) throw new Error(reasonOf(stderr, status, endedBy));
  } catch (error) {
    throw new Error(`${entry.name} did not finish: ${error.message}`);
  } finally {
    clearInterval(poll);
    clearTimeout(timer);
    signal?.removeEventListener("abort", kill);
  }
  return { seconds, accuracy, startup, simd, peakBytes };
}
