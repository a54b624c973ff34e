import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../../src/cli/errors/kinds.js";
import { type Committee, complete, type Run } from "../../../src/cli/reproduce/entry.js";
import { openRecord } from "../../../src/cli/reproduce/record.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { settingsWith } from "../../support/training.js";

const runSettings = (seed: number) => ({
  ...settingsWith({ seed, validationSize: 5 }),
  executor: "engine" as const,
  backend: "embedded" as const,
});

const DIGEST = "01".repeat(32);

const run = (seed: number): Run => ({
  settings: runSettings(seed),
  dataset: "mnist",
  validation: [0.9, 0.91],
  test: [0.89, 0.92],
  seconds: 1.5,
  weightsSha256: DIGEST,
  made: { processor: "Here", threads: 1, version: "1.0.0", date: "2026-01-02" },
});

const { seed: _, ...settings } = runSettings(1);

const committee = (...seeds: number[]): Committee => ({
  settings,
  dataset: "mnist",
  seeds,
  test: 0.93,
  weightsSha256: seeds.map(() => DIGEST),
});

describe("a record", () => {
  test("finds the runs that were added, also in another process's file", async () => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    const record = await openRecord(path);
    expect(record.find(runSettings(1))).toBeUndefined();
    record.add(run(1));
    expect(record.find(runSettings(1))).toEqual(run(1));
    const again = await openRecord(path);
    expect(again.find(runSettings(1))).toEqual(run(1));
    expect(again.find(runSettings(2))).toBeUndefined();
  });

  test("is not there before its first run, though it is found out that it can be written", async () => {
    const folder = temporaryDirectory();
    const path = join(folder, "runs.jsonl");
    const record = await openRecord(path);
    expect(readdirSync(folder)).toEqual([]);
    record.add(run(1));
    expect(readFileSync(path, "utf8")).toBe(`${JSON.stringify(run(1))}\n`);
  });

  test.each(["none/runs.jsonl", "new/"])("%s is refused before anything runs", async (name) => {
    const folder = temporaryDirectory();
    const path = `${folder}/${name}`;
    const opening = openRecord(path);
    await expect(opening).rejects.toThrow(UsageError);
    await expect(opening).rejects.toThrow(`cannot use ${path} as a record: `);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("may be a link to where it is to be", async () => {
    const folder = temporaryDirectory();
    const [file, link] = [join(folder, "runs.jsonl"), join(folder, "link")];
    symlinkSync(file, link);
    (await openRecord(link)).add(run(1));
    expect((await openRecord(file)).find(runSettings(1))).toEqual(run(1));
    rmSync(link);
    symlinkSync(join(folder, "none", "runs.jsonl"), link);
    await expect(openRecord(link)).rejects.toThrow(`cannot use ${link} as a record: `);
  });

  test("without a file remembers while it lasts", async () => {
    const record = await openRecord(undefined);
    record.add(run(1));
    expect(record.find(runSettings(1))).toEqual(run(1));
  });

  test("knows a run of before there was a setting as one that has its default", async () => {
    const record = await openRecord(undefined);
    const { inputDropout, backend, ...known } = runSettings(1);
    expect({ inputDropout, backend }).toEqual({ inputDropout: 0, backend: "embedded" });
    const old = { ...run(1), settings: known };
    record.add(old);
    expect(record.find(runSettings(1))).toBe(old);
    expect(record.find({ ...runSettings(1), inputDropout: 0.2 })).toBeUndefined();
    expect(record.find({ ...runSettings(1), maxNorm: 2 })).toBeUndefined();
  });

  test("knows a run whatever is left out of what is looked for", async () => {
    const record = await openRecord(undefined);
    record.add({ ...run(1), settings: complete({ seed: 3 }) });
    expect(record.find({ seed: 3 })).toBeDefined();
    expect(record.find({ seed: 3, optimizer: "adam" })).toBeUndefined();
  });

  test("finds the runs that differ in nothing but the seed, each seed once", async () => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    const again = { ...run(3), seconds: 2 };
    const other = { ...run(4), settings: { ...runSettings(4), lambda: 1 } };
    const text = [run(3), run(2), again, other].map((each) => `${JSON.stringify(each)}\n`).join("");
    writeFileSync(path, text);
    expect((await openRecord(path)).withAnySeed(runSettings(1))).toEqual([run(2), again]);
  });

  test("finds the committees of such runs, each list of seeds once, and takes none for a run", async () => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    const record = await openRecord(path);
    const again = { ...committee(1, 2), test: 0.94 };
    const other = { ...committee(1, 2), settings: { ...settings, lambda: 1 } };
    const onOtherData = { ...committee(1, 2, 5), dataset: "kmnist" };
    const runs = [run(1), run(2), run(3)];
    const committees = [committee(1, 2), committee(1, 2, 3), again, other, onOtherData];
    for (const each of [...runs, ...committees]) record.add(each);
    for (const each of [record, await openRecord(path)]) {
      expect(each.committees(runSettings(7))).toEqual([again, committee(1, 2, 3)]);
      expect(each.withAnySeed(runSettings(7))).toEqual(runs);
    }
  });

  test("forgets a committee of runs that it does not have, or has with other weights now", async () => {
    const record = await openRecord(undefined);
    for (const each of [run(1), run(2), committee(1, 2), committee(1, 3)]) record.add(each);
    expect(record.committees(runSettings(7))).toEqual([committee(1, 2)]);
    record.add({ ...run(2), weightsSha256: DIGEST.replace("0", "1") });
    expect(record.committees(runSettings(7))).toEqual([]);
  });

  test("takes no run on other data for one on MNIST", async () => {
    const record = await openRecord(undefined);
    record.add({ ...run(1), dataset: "kmnist" });
    expect(record.find(runSettings(1))).toBeUndefined();
    expect(record.withAnySeed(runSettings(1))).toEqual([]);
  });

  test("drops a line that was being written when the program was ended", async () => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    (await openRecord(path)).add(run(1));
    const whole = readFileSync(path, "utf8");
    appendFileSync(path, whole.slice(0, 40));
    const record = await openRecord(path);
    expect(record.find(runSettings(1))).toEqual(run(1));
    record.add(run(2));
    expect((await openRecord(path)).find(runSettings(2))).toEqual(run(2));
    expect(readFileSync(path, "utf8").startsWith(whole)).toBe(true);
  });

  test("keeps a last run that lacks its line end, and begins a line of its own for the next", async () => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    const text = [run(1), run(2)].map((each) => JSON.stringify(each)).join("\n");
    writeFileSync(path, text);
    expect((await openRecord(path, "read")).find(runSettings(2))).toEqual(run(2));
    const record = await openRecord(path);
    expect(record.find(runSettings(2))).toEqual(run(2));
    expect(readFileSync(path, "utf8")).toBe(text);
    for (const seed of [3, 4]) record.add(run(seed));
    const added = [run(3), run(4)].map((each) => `${JSON.stringify(each)}\n`).join("");
    expect(readFileSync(path, "utf8")).toBe(`${text}\n${added}`);
  });

  test("cuts off nothing but the line that was being written, whatever is not UTF-8 before it", async () => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    const whole = Buffer.from(`${JSON.stringify({ ...run(1), dataset: "\u00e9" })}\n`, "latin1");
    writeFileSync(path, Buffer.concat([whole, whole.subarray(0, 40)]));
    await openRecord(path);
    expect(readFileSync(path)).toEqual(whole);
  });

  test.each([
    { what: "another kind of file", text: "hello\n", says: "line 1" },
    { what: "without a line end", text: "hello", says: "line 1" },
    {
      what: "an impossible last line without a line end",
      text: JSON.stringify({ ...run(1), test: "0.9" }),
      says: "line 1",
    },
    { what: "malformed lines", text: '{"settings":{}\n', says: "line 1" },
    {
      what: "an impossible run",
      text: `${JSON.stringify(run(1))}\n${JSON.stringify({ ...run(2), made: null })}\n`,
      says: "line 2 was not written by train-mnist reproduce: remove that line",
    },
  ])("is not $what, and leaves it as it is", async ({ text, says }) => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    writeFileSync(path, text);
    await expect(openRecord(path)).rejects.toThrow(UsageError);
    await expect(openRecord(path)).rejects.toThrow(`${path}, ${says}`);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("that is only read is left as it is, with a line that is being written, and must be there", async () => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    await expect(openRecord(path, "read")).rejects.toThrow(
      `cannot use ${path} as a record: no such file or directory; check the name`,
    );
    expect(existsSync(path)).toBe(false);
    (await openRecord(path)).add(run(1));
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text + text.slice(0, 40));
    expect((await openRecord(path, "read")).find(runSettings(1))).toEqual(run(1));
    expect(readFileSync(path, "utf8")).toBe(text + text.slice(0, 40));
  });

  test("remembers a run that the file does not take, and says why", async () => {
    const path = join(temporaryDirectory(), "runs.jsonl");
    const record = await openRecord(path);
    mkdirSync(path);
    expect(() => record.add(run(1))).toThrow(
      `cannot add a line to ${path}: it is a folder, not a file`,
    );
    expect(record.find(runSettings(1))).toEqual(run(1));
  });
});
