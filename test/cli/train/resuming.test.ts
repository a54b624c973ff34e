import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCheckpoint, writeCheckpoint } from "../../../src/checkpoints/index.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";
import { run } from "../../support/here.js";
import { endOf, eventsOf, expectRefusal, prepare, rewrite } from "./short-run.js";

describe("--resume", () => {
  /** A run of 3 epochs, saved after the first. */
  async function begun() {
    const { flags, ...rest } = prepare();
    await run([...flags, "--epochs", "1", "--save", rest.file]);
    return { flags, ...rest };
  }

  test("goes on with the settings of the run, and saves to the same file", async () => {
    const { data, flags, file } = await begun();
    const resumed = await run([...data, "--resume", file, "--epochs", "3", "--json"]);
    expect(eventsOf(resumed)[0]).toMatchObject({ resumed: { file, epochs: 1, images: 0 } });
    expect(eventsOf(resumed).map(({ epoch }) => epoch)).toEqual([undefined, 2, 3, undefined]);
    expect(endOf(resumed)).toBe(endOf(await run([...flags, "--json"])));
    const { reports, settings } = await readCheckpoint(file);
    expect([reports.length, settings.epochs]).toEqual([3, 3]);
  });

  test("with --save leaves the resumed file as it is", async () => {
    const { data, directory, file } = await begun();
    const before = readFileSync(file);
    const other = join(directory, "other.safetensors");
    await run([...data, "--resume", file, "--epochs", "2", "--save", other]);
    expect(readFileSync(file)).toEqual(before);
    expect((await readCheckpoint(other)).reports.length).toBe(2);
  });

  test("of a finished run says its result again", async () => {
    const { data, flags, file } = prepare();
    const first = await run([...flags, "--save", file]);
    const again = await run([...data, "--resume", file]);
    expect(again.code).toBe(0);
    expect(linesOf(again.stdout)).toEqual(linesOf(first.stdout).slice(-2));
    expect(linesOf(again.stderr)).toContain(`${file} ended with epoch 3: nothing is left to train`);
  });

  test.each([
    ["--patience", "1", "--learning-rate", "1e-9"],
    ["--target-accuracy", "0.01"],
  ])("of a run that %s has ended says that nothing is left to train", async (...early) => {
    const { data, flags, file } = prepare();
    await run([...flags, ...early, "--save", file]);
    const { code, stdout, stderr } = await run([...data, "--resume", file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ended early: /);
    expect(stderr).toMatch(/ ended with epoch [12]: nothing is left to train$/m);
  });

  test("takes flags that agree, and the data from another place", async () => {
    const { flags, file } = await begun();
    const copy = ["--data-dir", dataDirectory(), "--threads", "2", "--quiet"];
    expect(await run([...flags, ...copy, "--resume", file])).toMatchObject({ code: 0, stderr: "" });
  });

  test("refuses what does not agree with the run, and names both values", async () => {
    const { data, file } = await begun();
    const refusals: [args: string[], says: RegExp][] = [
      [["--learning-rate", "0.1"], /--learning-rate 0\.1 .* --learning-rate 0\.5/],
      [["--hidden", "none"], /--hidden none .* --hidden 8/],
      [["--hidden", "8,8"], /--hidden 8,8 .* --hidden 8:/],
      [["--dropout", "0.5"], /--dropout 0\.5 .* --dropout 0:/],
      [["--max-norm", "2"], /--max-norm 2 .* which has no --max-norm/],
      [["--elastic", "6,36"], /--elastic 6,36 .* which has no --elastic/],
      [["--train-size", "60"], /--train-size 60 .* --train-size 70/],
      [["--executor", "reference"], /--executor reference .* --executor engine/],
    ];
    for (const [args, says] of refusals) {
      const outcome = await run([...data, "--resume", file, ...args]);
      expectRefusal(outcome, 2, says);
      expect(outcome.stderr).toContain(file);
    }
  });

  test("refuses a setting of the environment that does not agree", async () => {
    const { data, file } = await begun();
    const outcome = await run([...data, "--resume", file], { TRAIN_MNIST_SEED: "6" });
    expectRefusal(outcome, 2, /--seed 6 .* --seed 5/);
  });

  test("refuses fewer epochs, and more where they would have changed those that are done", async () => {
    const { data, flags, file } = prepare();
    await run([...flags, "--schedule", "cosine", "--save", file]);
    const resume = (epochs: string) => run([...data, "--resume", file, "--epochs", epochs]);
    expectRefusal(await resume("2"), 2, /--epochs 2 .* --epochs 3/);
    expectRefusal(
      await resume("4"),
      2,
      /--epochs 4 .* --epochs 3: by --schedule cosine .* --start-from/,
    );
  });

  test("refuses more epochs where they would have changed the one under way", async () => {
    const { data, flags, file } = prepare();
    await run([...flags, "--schedule", "cosine", "--save", file]);
    const more = [...data, "--resume", file, "--epochs", "4"];
    await rewrite(file, 1, { images: 20 });
    // The first epoch has the same learning rate however many there are; the second has not.
    expectRefusal(await run(more), 2, /--epochs 4 .* its epoch 2 would have had the learning rate/);
    await rewrite(file, 1);
    expect(await run(more)).toMatchObject({ code: 0 });
  });

  test("refuses other data, and names both", async () => {
    const { file } = await begun();
    const other = ["--data-dir", dataDirectory(separableDataset(80, 21))];
    expectRefusal(await run([...other, "--resume", file]), 2, /trained on .* this is .*--data-dir/);
  });

  test("refuses a run with flags that the command does not save, and shows them", async () => {
    const { data, file } = await begun();
    const { flags, ...rest } = await readCheckpoint(file);
    for (const change of [
      { executor: "foo" },
      { backend: 3 },
      { dataset: null },
      { keepBest: "yes" },
      { startFrom: "weights" },
      { measure: ["speed"] },
      { evalEvery: 0 },
      { evalEvery: 1.5 },
    ]) {
      await writeCheckpoint(file, { ...rest, flags: { ...flags, ...change } });
      const outcome = await run([...data, "--resume", file]);
      expectRefusal(outcome, 1, /model\.safetensors has impossible flags: \{.*\}\.$/m);
      expect(outcome.stderr).toContain(JSON.stringify(change).slice(1, -1));
    }
  });

  test.each([
    { what: "a file that is not there", bytes: undefined, says: /no such file/ },
    { what: "an empty file", bytes: "", says: /is empty/ },
    { what: "another kind of file", bytes: "hello, world, hello", says: /not a safetensors file/ },
  ])("refuses $what", async ({ bytes, says }) => {
    const { data, file } = prepare();
    if (bytes !== undefined) writeFileSync(file, bytes);
    expectRefusal(await run([...data, "--resume", file]), 1, says);
  });
});

test("a resumed epoch counts the time that was spent on it before", async () => {
  const { data, flags, file } = prepare();
  await run([...flags, "--save", file]);
  await rewrite(file, 1, { images: 20, seconds: 1000 });
  const resumed = eventsOf(await run([...data, "--resume", file, "--json"]));
  const [second, third] = resumed.filter(({ event }) => event === "epoch");
  expect(second?.seconds).toBeGreaterThan(1000);
  expect(second!.imagesPerSecond! * second!.seconds!).toBeCloseTo(70, 6);
  expect(third?.seconds).toBeLessThan(1000);
});

describe("--resume with --keep-best", () => {
  /** A run whose first epoch was as good as any can be. */
  async function onceBetter() {
    const { data, flags, directory, file } = prepare();
    const best = join(directory, "model.best.safetensors");
    await run([...flags, "--epochs", "1", "--save", file, "--keep-best"]);
    await run([...flags, "--save", file, "--overwrite"]);
    await rewrite(file, 2, { validationAccuracy: 1 });
    return { best, resume: [...data, "--resume", file, "--keep-best"] };
  }

  test("leaves the file of the best epoch as it is where none becomes better", async () => {
    const { best, resume } = await onceBetter();
    const before = readFileSync(best);
    expect(await run(resume)).toMatchObject({ code: 0 });
    expect(readFileSync(best).equals(before)).toBe(true);
  });

  test("keeps the best of the resumed epochs where there is no file of the one before", async () => {
    const { best, resume } = await onceBetter();
    rmSync(best);
    expect(await run(resume)).toMatchObject({ code: 0 });
    expect((await readCheckpoint(best)).reports.length).toBe(3);
  });

  test("says which epoch the file has, and names no file where there is none", async () => {
    const { best, resume } = await onceBetter();
    rmSync(best);
    const { stderr } = await run(resume);
    expect(stderr).toContain(`epoch 3, the best on validation that was kept, to ${best}\n`);
    const ended = await run([...resume, "--json"]);
    const end = eventsOf(ended).at(-1);
    expect(end).toMatchObject({ bestEpoch: 1, savedBest: best, savedBestEpoch: 3 });
    rmSync(best);
    expect(eventsOf(await run([...resume, "--json"])).at(-1)).not.toHaveProperty("savedBest");
  });
});
