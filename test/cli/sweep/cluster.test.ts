/** Sweeps whose runs others start: Slurm, GNU parallel. Both are stopped in the middle, and go on. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { wordsOf } from "../../../src/cli/sweep/slurm/options.js";
import { scriptText } from "../../../src/cli/sweep/slurm/script.js";
import { clusterFor } from "../../../src/cli/sweep/slurm/submit.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { environment, linesOf, run, script } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { digestByCommand } from "../../support/digests.js";
import { separableDataset } from "../../support/digits.js";
import { hasSlurm, startSlurm, textOf, until } from "../../support/slurm.js";
import { folderOf, resultsOf, sweep } from "./sweeps.js";

const parallel = ["/usr/bin/parallel", "/usr/local/bin/parallel"].find((file) => existsSync(file));
if (parallel === undefined) {
  process.stderr.write("sweeps through GNU parallel are NOT TESTED, as it is not installed\n");
}

const SETTINGS = ["--hidden", "12", "--validation-size", "20"];
/** The first is long enough to be stopped in the middle. */
const EPOCHS = ["3000", "5", "6"];

/** What each number of epochs comes to in a run of its own, once it is known. */
const alone: string[] = [];

async function expectAsAlone(out: string, data: readonly string[]): Promise<void> {
  if (alone.length === 0) {
    for (const epochs of EPOCHS) {
      alone.push(await digestByCommand([...data, ...SETTINGS, "--epochs", epochs]));
    }
  }
  expect([...resultsOf(out).values()].map((each) => each.weightsSha256)).toEqual(alone);
}

/** The arguments of a sweep that saves when it is told to end, and not before. */
function planned() {
  const data = ["--data-dir", dataDirectory(separableDataset(100, 40)), "--threads", "1"];
  const out = join(temporaryDirectory(), "a sweep of Tom's");
  const epochs = EPOCHS.flatMap((number) => ["--epochs", number]);
  const args = [...data, ...SETTINGS, ...epochs, "--save-every", "9999", "--out", out];
  return { data, out, args };
}

/** Resolves when the run has finished a few epochs. */
const begun = (out: string, index: number) =>
  until(() => textOf(join(folderOf(out, index), "run.jsonl")).split("\n").length > 5);

describe("a sweep on a cluster", () => {
  test.skipIf(!hasSlurm)(
    "of Slurm has array jobs, whose tasks go on where they were stopped",
    async () => {
      const slurm = await startSlurm(2);
      const { data, out, args } = planned();
      const { code, stderr } = await run(["sweep", ...args, "--slurm"], slurm.env);
      expect(code).toBe(0);
      const jobs = linesOf(stderr).flatMap(
        (line) => /^job (\d+): (\d) runs?$/.exec(line)?.slice(1) ?? [],
      );
      expect(jobs).toEqual([expect.any(String), "2", expect.any(String), "1"]);

      // As after the end of a node, or for a job that is more urgent.
      await begun(out, 0);
      const task = `${jobs[0]}_0`;
      await slurm.run("scontrol", "requeue", task);
      await until(async () =>
        (await slurm.run("squeue", "-h", "-r", "-j", task, "-o", "%t")).includes("PD"),
      );
      expect(existsSync(join(folderOf(out, 0), "model.safetensors"))).toBe(true);
      expect(resultsOf(out).has(0)).toBe(false);
      await slurm.run("scontrol", "update", `JobId=${task}`, "StartTime=now");

      const status = JSON.parse((await run(["sweep", "status", out, "--json"], slurm.env)).stdout);
      expect(status.slurm.waiting + status.slurm.running).toBe(3 - status.done);
      const rest = await run(["sweep", "run", out, "--slurm", "--wait"], slurm.env);
      expect(rest).toMatchObject({ code: 0, stdout: "" });
      expect(linesOf(rest.stderr)[0]).toBe("nothing is left to submit");
      expect(linesOf(rest.stderr).at(-1)).toBe("3 of 3 runs done");
      await expectAsAlone(out, data);
      expect(readdirSync(join(out, "slurm")).filter((name) => name.endsWith(".sh"))).toHaveLength(
        2,
      );
    },
    300_000,
  );

  test.skipIf(parallel === undefined)(
    "of GNU parallel is resumed where processes were killed",
    async () => {
      const { data, out, args } = planned();
      expect(await sweep(...args, "--plan-only")).toMatchObject({ code: 0 });
      const home = join(temporaryDirectory(), "home");
      mkdirSync(home);
      const log = join(home, "joblog");
      const each = [process.execPath, script, "sweep", "run", out, "--jobs", "1", "--index"];
      const start = (...flags: readonly string[]) =>
        spawn(
          parallel as string,
          ["--will-cite", "-q", "-j2", "--joblog", log, ...flags, ...each, ":::", "0", "1", "2"],
          { env: environment({ PARALLEL_HOME: home }), stdio: "ignore" },
        );
      const first = start();
      const ended = once(first, "exit");
      await begun(out, 0);
      process.kill(JSON.parse(readFileSync(join(out, "claims", "0"), "utf8")).pid, "SIGKILL");
      expect((await ended)[0]).not.toBe(0);
      expect([...resultsOf(out).keys()]).toEqual([1, 2]);
      expect((await once(start("--resume-failed"), "exit"))[0]).toBe(0);
      await expectAsAlone(out, data);
      expect(linesOf(readFileSync(log, "utf8"))).toHaveLength(1 + 3 + 1);
    },
    300_000,
  );
});

describe("what is left to Slurm", () => {
  test.each(["--slurm", "--wait", "--sbatch=--time=1"])("needs Slurm: %s", async (flag) => {
    const { out, args } = planned();
    const { code, stderr } = await run(["sweep", ...args, flag], { PATH: "/nowhere" });
    const words = flag === "--slurm" ? "There is no scontrol here" : "say --slurm, too";
    expect(stderr).toContain(words);
    expect(linesOf(stderr)).toHaveLength(1);
    expect(code).toBe(flag === "--slurm" ? 1 : 2);
    expect(existsSync(out)).toBe(false);
  });

  test("is not compared on one machine", async () => {
    await expect(clusterFor({ slurm: true, halving: 3 })).rejects.toThrow("drop it, or --slurm");
  });

  test.each<[string, string[]]>([
    ["--time=1:00:00  --mem=2G", ["--time=1:00:00", "--mem=2G"]],
    [`--comment='a b' -p "x\\"y"`, ["--comment=a b", "-p", 'x"y']],
    [`a\\ b ''`, ["a b", ""]],
    ["", []],
  ])("has options as a shell takes them: %s", (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test("has no option with an open quote", () => {
    expect(() => wordsOf("--comment='a")).toThrow("A quote is not closed in 'a");
  });

  test("has a script in which names are safe", () => {
    const text = scriptText({
      ...{ directory: "/a b/$x's", folder: "/a b/slurm", number: 3, tasks: 7, threads: 2 },
      ...{ name: 'the "best"', command: ["node", "bin"], flags: ["--data-dir", "/d e"] },
    });
    expect(text).toContain('#SBATCH --job-name="the \\"best\\""\n#SBATCH --array=0-6\n');
    expect(text).toContain("exec node bin sweep run '/a b/$x'\\''s' --data-dir '/d e' --index");
  });
});
