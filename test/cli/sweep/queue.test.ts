/** A run that ends while Slurm is asked for its queue: whatever is asked first, it is counted once. */
import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, run, script } from "../../support/command.js";
import { prepare, resultsOf } from "./sweeps.js";

/** The text of a shell script that prints lines. */
const printing = (...lines: readonly string[]) =>
  `cat << END\n${lines.map((line) => `${line}\n`).join("")}END\n`;

/** A folder with what stands for Slurm's commands: shell scripts. Each submission is job 7. */
function standIns() {
  const folder = temporaryDirectory();
  const write = (command: string, text: string) =>
    writeFileSync(join(folder, command), `#!/bin/sh\n${text}`, { mode: 0o755 });
  write("scontrol", printing("ClusterName = test", "MaxArraySize = 100"));
  write("sbatch", printing("7"));
  write("squeue", "");
  const { PATH } = process.env;
  return { write, env: { PATH: `${folder}${delimiter}${PATH}` } };
}

/** What trains one run of a sweep, as a line of a shell script. */
const training = (out: string, index: number) =>
  `'${process.execPath}' '${script}' sweep run '${out}' --jobs 1 --index ${index} > /dev/null 2>&1\n`;

const tasks = (...states: readonly string[]) =>
  printing(...states.map((state, index) => `7 ${index} ${state}`));

describe.skipIf(process.platform === "win32")("a run that ends while the queue is asked", () => {
  async function submitted() {
    const { flags, out } = prepare();
    const slurm = standIns();
    const args = [...flags, "--seed", "1", "--seed", "2", "--seed", "3", "--out", out, "--slurm"];
    const { code, stderr } = await run(["sweep", ...args], slurm.env);
    expect({ code, line: linesOf(stderr)[0] }).toEqual({ code: 0, line: "job 7: 3 runs" });
    return { ...slurm, out };
  }

  /** The counts of a sweep's status. */
  async function statusOf(out: string, env: NodeJS.ProcessEnv) {
    const { stdout } = await run(["sweep", "status", out, "--json"], env);
    const { done, slurm } = JSON.parse(stdout);
    return { done, ...slurm };
  }

  test("is done in the status, and not missed", async () => {
    const { out, write, env } = await submitted();
    // Its task has left the queue when that is printed.
    write("squeue", training(out, 0) + printing("7 1 R", "7 2 PD"));
    expect(await statusOf(out, env)).toEqual({ done: 1, running: 1, waiting: 1 });
  });

  test("is done in the status, and does not run as well", async () => {
    const { out, write, env } = await submitted();
    write("squeue", tasks("R", "R", "PD") + training(out, 1));
    expect(await statusOf(out, env)).toEqual({ done: 1, running: 1, waiting: 1 });
  });

  test("is not submitted again", async () => {
    const { out, write, env } = await submitted();
    write("squeue", training(out, 2));
    const { code, stderr } = await run(["sweep", "run", out, "--slurm"], env);
    expect({ code, line: linesOf(stderr)[0] }).toEqual({ code: 0, line: "job 7: 2 runs" });
    expect([...resultsOf(out).keys()]).toEqual([2]);
  });
});
