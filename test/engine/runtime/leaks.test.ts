/** Sessions that are disposed of give back their memory and their threads. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { environment } from "../../support/command.js";

const MIB = 2 ** 20;
const PIXELS = 784;
/** Bytes of the compact list of an image without empty pixels: 3 for each, and some more. */
const LIST_BYTES = 3 * PIXELS;

/** By how many bytes a process grows while it goes through so many sessions. */
function growth(cycles: number, threads: number, images: number): number {
  const root = new URL("../../../dist/src", import.meta.url).href;
  const child = fileURLToPath(new URL("./sessions.mjs", import.meta.url));
  const args = ["--expose-gc", child, root, `${cycles}`, `${threads}`, `${images}`];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8", env: environment() }));
}

test.each([
  { cycles: 1000, threads: 1, images: 150 },
  { cycles: 20, threads: 2, images: 7000 },
])("$cycles sessions with $threads thread(s) keep less than a tenth of their memory", (each) => {
  const { cycles, threads, images } = each;
  const used = cycles * images * LIST_BYTES;
  expect(used).toBeGreaterThan(300 * MIB);
  // What the allocator and the collector keep does not grow with the number of sessions.
  expect(growth(cycles, threads, images)).toBeLessThan(used / 10);
});
