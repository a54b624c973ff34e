/** What another process works on is said, and left to it: here, claims of this process. */
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Claim } from "../../../src/sweeps/folder/claims.js";
import { expectRefusal } from "../train/short-run.js";
import { prepare, resultsOf, sweep } from "./sweeps.js";

async function claimed(out: string, name: string): Promise<Claim> {
  const claim = await Claim.take(join(out, "claims", name));
  if (claim instanceof Claim) return claim;
  throw new Error(`process ${claim.pid} has it`);
}

const HOLDER = `process ${process.pid} of ${hostname()}`;

test("a run that a process has is running, until it is done", async () => {
  const { flags, out } = prepare();
  const plan = ["--hidden", "6", "--seeds", "1-3", "--plan-only", "--out", out];
  expect(await sweep(...flags, ...plan)).toMatchObject({ code: 0 });
  const counts = async () => JSON.parse((await sweep("status", out, "--json")).stdout);
  const claim = await claimed(out, "1");
  expect(await counts()).toMatchObject({ runs: 3, done: 0, running: 1, left: 2 });
  expect((await sweep("status", out)).stdout).toContain(`running: 1 seed=2 (${HOLDER})\n`);
  await claim.release();
  expect(await counts()).toMatchObject({ running: 0, left: 3 });

  expect((await sweep("run", out, "--index", "1")).code).toBe(0);
  const late = await claimed(out, "1");
  expect(await counts()).toMatchObject({ done: 1, running: 0, left: 2 });
  expect((await sweep("status", out)).stdout).not.toContain("running: 1");
  await late.release();
});

test("a sweep that a process is planning is not planned by another", async () => {
  const { flags, out } = prepare();
  const args = [...flags, "--hidden", "6", "--out", out];
  expect(await sweep(...args, "--plan-only")).toMatchObject({ code: 0 });
  const claim = await claimed(out, "plan");
  expectRefusal(await sweep(...args), 1, new RegExp(`is being planned by ${HOLDER}: try again`));
  expect(resultsOf(out).size).toBe(0);
  await claim.release();
  expect(await sweep(...args)).toMatchObject({ code: 0 });
});
