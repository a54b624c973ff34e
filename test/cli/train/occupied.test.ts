import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";
import { run } from "../../support/here.js";
import { expectRefusal, prepare, rewrite } from "./short-run.js";

describe("a file that holds something already", () => {
  const best = (file: string) => file.replace(/\.safetensors$/, ".best.safetensors");

  /** Flags of a run, and the file that it is saved to. */
  async function saved() {
    const { flags, file, directory } = prepare();
    const keeping = ["--save", file, "--keep-best", "--quiet"];
    expect(await run([...flags, ...keeping])).toMatchObject({ code: 0, stderr: "" });
    return { flags, file, directory, keeping };
  }

  test("of the same run is replaced only if that is asked for, as it has come further", async () => {
    const { flags, file, keeping } = await saved();
    const before = readFileSync(file);
    const others = ["--epochs", "4", "--threads", "2", "--save-every", "2", "--json"];
    const outcome = await run([...flags, ...keeping, ...others]);
    expectRefusal(outcome, 2, /holds this run already, after 3 epochs: go on with --resume /);
    expect(readFileSync(file).equals(before)).toBe(true);
    const again = [...flags, ...keeping, ...others, "--overwrite"];
    expect(await run(again)).toMatchObject({ code: 0, stderr: "" });
    expect((await readCheckpoint(file)).reports.length).toBe(4);
  });

  test.each([
    { epochs: 0, images: 20, after: "20 images" },
    { epochs: 2, images: 20, after: "2 epochs and 20 images" },
  ])(
    "of the same run is not replaced where it was stopped after $after",
    async ({ epochs, images, after }) => {
      const { flags, file } = await saved();
      await rewrite(file, epochs, { images });
      const before = readFileSync(file);
      const outcome = await run([...flags, "--save", file]);
      expectRefusal(outcome, 2, new RegExp(`holds this run already, after ${after}: go on with`));
      expect(readFileSync(file).equals(before)).toBe(true);
      const resume = ["--data-dir", flags[1]!, "--resume", file];
      expect(await run(resume)).toMatchObject({ code: 0 });
    },
  );

  test("of the same run is replaced by one that is resumed where it ends, and not by an earlier one", async () => {
    const { flags, file, directory } = await saved();
    const copy = join(directory, "copy");
    copyFileSync(file, copy);
    const resume = ["--data-dir", flags[1]!, "--resume", copy, "--epochs", "4", "--save"];
    expect(await run([...resume, file])).toMatchObject({ code: 0 });
    expectRefusal(await run([...resume, file]), 2, /holds this run already, after 4 epochs/);
  });

  const several = [
    "--seed",
    "6",
    "--hidden",
    "9",
    "--lambda",
    "1",
    "--dropout",
    "0.5",
    "--momentum",
    "0.5",
  ];

  test.each([
    { others: ["--seed", "6"], says: /holds another run \(--seed 5 instead of 6\): / },
    { others: ["--lr", "0.25"], says: /\(--learning-rate 0\.5 instead of 0\.25\): / },
    { others: ["--elastic", "6,36"], says: /\(--elastic none instead of 6,36\): / },
    { others: ["--executor", "reference"], says: /\(--executor engine instead of reference\): / },
    { others: ["--train-size", "60"], says: /\(--train-size 70 instead of 60\): / },
    { others: several, says: /\((--[a-z]+ [\d.]+ instead of [\d.]+, ){4}1 more\): / },
  ])("of another run is not: $says", async ({ others, says }) => {
    const { flags, file, keeping, directory } = await saved();
    const before = [readFileSync(file), readFileSync(best(file))];
    const outcome = await run([...flags, ...keeping, ...others]);
    expectRefusal(outcome, 2, says);
    expect(outcome.stderr).toContain(file);
    expect(outcome.stderr).toMatch(/: save to another file, or add --overwrite to replace it\n$/);
    expect([readFileSync(file), readFileSync(best(file))]).toEqual(before);
    expect(readdirSync(directory).length).toBe(2);
    const again = await run([...flags, ...keeping, ...others, "--overwrite"]);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect([readFileSync(file), readFileSync(best(file))]).not.toContainEqual(before[0]);
  });

  test("of a run on other data is not replaced", async () => {
    const { flags, file } = await saved();
    const other = ["--data-dir", dataDirectory(separableDataset(80, 30)), ...flags.slice(2)];
    const named = /another run \(\S+ instead of \S+\): /;
    expectRefusal(await run([...other, "--save", file, "--threads", "2"]), 2, named);
  });

  test("at the name of the best network is looked at, too", async () => {
    const { flags, file, keeping } = await saved();
    rmSync(file);
    const says = /model\.best\.safetensors holds another run \(--seed 5 instead of 6\)/;
    expectRefusal(await run([...flags, ...keeping, "--seed", "6"]), 2, says);
    const plain = ["--save", file, "--seed", "6", "--quiet"];
    expect(await run([...flags, ...plain])).toMatchObject({ code: 0 });
  });

  test("of another run is not replaced by one that is resumed", async () => {
    const { flags, file } = await saved();
    const other = join(temporaryDirectory(), "other");
    expect((await run([...flags, "--seed", "6", "--save", other])).code).toBe(0);
    const args = ["--data-dir", flags[1]!, "--resume", other, "--epochs", "4"];
    expectRefusal(await run([...args, "--save", file]), 2, /--seed 5 instead of 6/);
    expect((await run(args)).code).toBe(0);
  });

  test.each([
    { content: Buffer.from("a letter\n"), says: /model\.safetensors is not a safetensors file, / },
    { content: Buffer.alloc(5), says: /model\.safetensors is truncated: / },
  ])("that is no run is not replaced: $says", async ({ content, says }) => {
    const { flags, file } = prepare();
    writeFileSync(file, content);
    const outcome = await run([...flags, "--save", file]);
    expectRefusal(outcome, 2, says);
    expect(outcome.stderr).toMatch(/; save to another file, or add --overwrite to replace it\n$/);
    expect(readFileSync(file)).toEqual(content);
    expect((await run([...flags, "--save", file, "--overwrite"])).code).toBe(0);
  });

  test("damaged is not replaced", async () => {
    const { flags, file } = await saved();
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    expectRefusal(await run([...flags, "--save", file]), 2, /is truncated: /);
  });

  test("that is empty is replaced", async () => {
    const { flags, file } = prepare();
    writeFileSync(file, "");
    expect((await run([...flags, "--save", file])).code).toBe(0);
  });
});
