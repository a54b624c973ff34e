import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../support/command.js";
import { expectRefusal } from "../train/short-run.js";
import { eventsOf, folderOf, prepare, resultsOf, sweep } from "./sweeps.js";

/** The validation accuracies of a run after its epochs. */
const accuracies = (out: string, index: number): number[] =>
  eventsOf(folderOf(out, index))
    .filter(({ event }) => event === "epoch")
    .map(({ validationAccuracy }) => validationAccuracy);

describe("sweep --halving", () => {
  test("trains the best on to the bits that they have without it, and stops the others early", async () => {
    const { data, out } = prepare();
    const course = ["--epochs", "9", "--validation-size", "20", "--threads", "1", "--hidden", "8"];
    const rates = ["0.001", "0.3", "0.01"].flatMap((lr) => ["--lr", lr]);
    const args = [...data, ...course, ...rates, "--seeds", "1-3"];
    const whole = `${out}-whole`;
    expect((await sweep(...args, "--out", whole)).code).toBe(0);
    const bestAt = (epoch: number, indices: readonly number[]) =>
      [...indices]
        .sort(
          (a, b) => accuracies(whole, b)[epoch - 1]! - accuracies(whole, a)[epoch - 1]! || a - b,
        )
        .slice(0, indices.length / 3);
    const three = bestAt(1, [...Array(9).keys()]);
    const one = bestAt(3, three);

    const halving = [...args, "--halving", "3", "--jobs", "2", "--out", out];
    const { code, stderr } = await sweep(...halving);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(/1 of 9 runs done, 8 stopped early\n$/);
    expect([...resultsOf(out).keys()]).toEqual(one);
    const digest = (folder: string) => resultsOf(folder).get(one[0]!)!.weightsSha256;
    expect(digest(out)).toBe(digest(whole));
    for (const index of [...Array(9).keys()].filter((index) => index !== one[0])) {
      const least = three.includes(index) ? 3 : 1;
      expect(accuracies(out, index)).toEqual(accuracies(whole, index).slice(0, least));
    }
    expect(JSON.parse((await sweep("status", out, "--json")).stdout)).toMatchObject({
      ...{ runs: 9, done: 1, stopped: 8, left: 0 },
    });

    const events = join(folderOf(out, one[0]!), "run.jsonl");
    const before = readFileSync(events);
    rmSync(join(out, "done", `${one[0]}.json`));
    writeFileSync(events, "junk\n", { flag: "a" });
    expectRefusal(await sweep(...halving), 1, /run\.jsonl is damaged: delete its folder/);
    const newer = before.toString().replaceAll('"format":1', '"format":2');
    expect(newer).not.toBe(before.toString());
    writeFileSync(events, newer);
    const refused = await sweep(...halving);
    expectRefusal(
      refused,
      1,
      /run\.jsonl has events of format 2 from a newer train-mnist.*: update/,
    );
    expect(refused.stderr).not.toMatch(/damaged|delete/);
    writeFileSync(events, before);

    // Once more it decides the same; without --halving those that were stopped go on.
    expect((await sweep(...halving)).code).toBe(0);
    expect([...resultsOf(out).keys()]).toEqual(one);
    expect((await sweep("run", out)).code).toBe(0);
    const digests = (folder: string) =>
      [...resultsOf(folder)].map(([index, { weightsSha256 }]) => [index, weightsSha256]);
    expect(digests(out)).toEqual(digests(whole));
    expect(readdirSync(join(out, "stopped"))).toEqual([]);
  });

  test("is refused for some of the runs, and where there is no validation to compare by", async () => {
    const { data, out } = prepare();
    const args = ["--hidden", "6", "--validation-size", "0", "--seeds", "1-2"];
    const refused = await sweep(...data, ...args, "--halving", "2", "--out", out);
    expectRefusal(refused, 2, /--halving needs the validation accuracy after every epoch/);
    const planned = await sweep(
      ...[...data, "--hidden", "6", "--validation-size", "20", "--epochs", "9", "--seeds", "1-9"],
      ...["--halving", "3", "--plan-only", "--out", `${out}-planned`],
    );
    expect(planned.stderr).toMatch(/sweep run \S+ --halving 3\n$/);
    const index = { SLURM_ARRAY_TASK_ID: "0" };
    const some = await run(["sweep", "run", out, "--halving", "2"], index);
    expectRefusal(some, 2, /--halving compares all runs with each other/);
  });
});
