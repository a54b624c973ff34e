/** sweep.json with flags that the command never writes: each is named in one sentence, and nothing is trained. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeSafetensors, parseSafetensors } from "../../../src/checkpoints/safetensors.js";
import { commonOptions } from "../../../src/cli/sweep/planning/options.js";
import { expectFlags } from "../../../src/cli/sweep/running/planned-flags.js";
import type { Description } from "../../../src/sweeps/folder/description.js";
import { expectRefusal } from "../train/short-run.js";
import { folderOf, prepare, resultsOf, sweep } from "./sweeps.js";

/** What the command writes where nothing is said. */
const FLAGS = {
  ...{ executor: "engine", threads: "auto", simd: "auto", backend: "embedded" },
  ...{ measure: ["train", "validation", "test"], evalEvery: 1, dataset: "mnist" },
  ...{ keep: "last", saveEvery: { seconds: 10 } },
};
const DESCRIPTION: Description = {
  ...{ version: "0.2.0", dataset: { name: "mnist", sha256: "0".repeat(64) } },
  ...{ executor: "engine", backend: "embedded", spec: {}, flags: FLAGS, runs: [[0, 1]] },
};

/** The description with some of its flags replaced; undefined removes one. */
function changed(flags: object, others: Partial<Description> = {}): Description {
  const text = JSON.stringify({ ...DESCRIPTION, ...others, flags: { ...FLAGS, ...flags } });
  return JSON.parse(text);
}

describe("the flags of sweep.json", () => {
  test.each([
    {},
    { threads: 4, simd: "128", evalEvery: 3, measure: ["all"], keep: "none" },
    { dataset: undefined, dataDir: "/data", testDir: "/test", saveEvery: { epochs: 5 } },
    { dataset: "emnist-letters", dataDir: "/data", saveEvery: { seconds: 0.5 } },
    { cacheDir: "cache", mirror: "https://example.org/mnist/", keep: "best" },
  ])("may be %j", (flags) => {
    expect(() => expectFlags(changed(flags), "s/sweep.json")).not.toThrow();
  });

  test.each([
    { flags: { threads: -4 }, says: "threads cannot be -4: expected a whole number from 1 to 64" },
    { flags: { threads: "x" }, says: 'threads cannot be "x": expected a whole number' },
    { flags: { threads: "4" }, says: "threads should be 4;" },
    { flags: { evalEvery: 0 }, says: "evalEvery cannot be 0: expected a whole number from 1 on" },
    { flags: { evalEvery: -3 }, says: "evalEvery cannot be -3" },
    { flags: { measure: undefined }, says: "measure is missing" },
    { flags: { measure: 7 }, says: "measure cannot be 7: expected train, validation, test" },
    { flags: { measure: "foo" }, says: 'measure cannot be "foo"' },
    { flags: { measure: "train" }, says: 'measure should be ["train"]' },
    { flags: { measure: { from: { toString: 1 }, to: {} } }, says: "measure cannot be" },
    { flags: { dataDir: 5 }, says: "dataDir cannot be 5: expected a string" },
    { flags: { testDir: null }, says: "testDir cannot be null: expected a string" },
    { flags: { cacheDir: "" }, says: 'cacheDir cannot be "": expected the name of a file' },
    { flags: { mirror: "ftp://x" }, says: "mirror cannot be" },
    { flags: { dataset: "cifar" }, says: 'dataset cannot be "cifar": allowed choices are mnist' },
    { flags: { executor: "foo" }, says: 'executor cannot be "foo": allowed choices are engine' },
    { flags: { backend: "foo" }, says: 'backend cannot be "foo": allowed choices are embedded' },
    { flags: { simd: 128 }, says: "simd cannot be 128: expected a string" },
    { flags: { keep: null }, says: "keep cannot be null: allowed choices are none, last, best" },
    { flags: { saveEvery: null }, says: "saveEvery cannot be null: expected a whole number of ep" },
    { flags: { saveEvery: "10s" }, says: 'saveEvery should be {"seconds":10}' },
    { flags: { saveEvery: { seconds: {} } }, says: 'saveEvery cannot be {"seconds":{}}' },
    { flags: { startFrom: "x" }, says: "startFrom is no flag of a sweep" },
    { flags: { hidden: [5] }, says: "hidden is no flag of a sweep" },
  ])("may not be $flags", ({ flags, says }) => {
    expect(() => expectFlags(changed(flags), "s/sweep.json")).toThrow(
      `s/sweep.json is damaged: flags.${says}`,
    );
  });

  test.each(["executor", "backend"])("agree with the %s that digests are made of", (name) => {
    expect(() => expectFlags(changed({}, { [name]: "foo" }), "s/sweep.json")).toThrow(
      `s/sweep.json is damaged: ${name} should be "${FLAGS[name as "executor" | "backend"]}", as flags.${name} is`,
    );
  });

  test("are those of the command, each of which can be wrong", () => {
    for (const option of commonOptions()) {
      const name = option.attributeName();
      const damaged = changed({ [name]: { from: [] } });
      expect(() => expectFlags(damaged, "s/sweep.json")).toThrow(
        new RegExp(`flags.${name} (cannot|should) be`),
      );
    }
  });
});

test("a sweep with a damaged sweep.json is refused by all commands, until it is planned again", async () => {
  const { flags, out } = prepare();
  const args = [...flags, "--hidden", "5", "--hidden", "6", "--out", out];
  expect(await sweep(...args)).toMatchObject({ code: 0 });
  const before = resultsOf(out);
  rmSync(join(out, "done", "0.json"));
  const file = join(out, "sweep.json");
  const description = JSON.parse(readFileSync(file, "utf8"));
  const again = [["run", out], ["report", out], ["status", out], args, [...args, "--dry-run"]];
  for (const damage of [null, [], 3, { ...description.flags, threads: -4 }]) {
    writeFileSync(file, JSON.stringify({ ...description, flags: damage }));
    for (const each of again) {
      const says =
        /sweep.json is damaged: [^\n]+; delete the file and plan the sweep again, and what/;
      expectRefusal(await sweep(...each), 1, says);
    }
  }
  expect([...resultsOf(out).keys()]).toEqual([1]);
  rmSync(file);
  writeFileSync(join(out, "report.html"), "mine");
  expect(await sweep(...args)).toMatchObject({ code: 0 });
  expect(resultsOf(out).get(1)).toEqual(before.get(1));
  expect(resultsOf(out).get(0)?.weightsSha256).toBe(before.get(0)?.weightsSha256);
});

test("a run whose line in runs.jsonl is not as it was planned is neither trained nor reported on", async () => {
  const { flags, out } = prepare();
  const args = [...flags, "--hidden", "5", "--seeds", "1-3", "--out", out];
  expect(await sweep(...args)).toMatchObject({ code: 0 });
  rmSync(join(out, "done", "1.json"));
  const file = join(out, "runs.jsonl");
  const text = readFileSync(file, "utf8");
  const [first, line, ...others] = text.split("\n") as [string, string];
  for (const damaged of [
    "junk",
    "null",
    "{}",
    line.replace('"seed":2', '"seed":7'),
    line.replace('"epochs":2', '"epochs":"x"'),
    line.replace(/"label":"[^"]*"/, '"label":7'),
    line.replace(/"sha256":"./, '"sha256":"x'),
    line.slice(0, 80),
  ]) {
    expect(damaged).not.toBe(line);
    writeFileSync(file, [first, damaged, ...others].join("\n"));
    for (const each of [
      ["run", out],
      ["report", out],
    ]) {
      const says =
        /runs\.jsonl is damaged in line 2, [^\n]+: restore the file, or plan the sweep in a/;
      expectRefusal(await sweep(...each), 1, says);
    }
  }
  expect([...resultsOf(out).keys()]).toEqual([0, 2]);
  writeFileSync(file, text);
  expect(await sweep("run", out)).toMatchObject({ code: 0 });
  expect([...resultsOf(out).keys()]).toEqual([0, 1, 2]);
});

test("a run that another version has saved is not begun again in its place; a damaged one is", async () => {
  const { flags, out } = prepare();
  const args = [...flags, "--hidden", "5", "--out", out];
  expect(await sweep(...args)).toMatchObject({ code: 0 });
  const before = resultsOf(out).get(0);
  rmSync(join(out, "done", "0.json"));
  const file = join(folderOf(out, 0), "model.safetensors");
  const { tensors, metadata } = parseSafetensors(readFileSync(file), file);
  const other = { tensors, metadata: new Map([...metadata, ["version", "2"]]) };
  writeFileSync(file, Buffer.concat(encodeSafetensors(other)));
  const saved = readFileSync(file);
  const says =
    /model\.safetensors has version 2 of the format, .*: use the train-mnist that saved it/;
  expectRefusal(await sweep("run", out), 1, says);
  expect(readFileSync(file)).toEqual(saved);

  writeFileSync(file, "junk");
  expect(await sweep("run", out)).toMatchObject({ code: 0 });
  expect(resultsOf(out).get(0)?.weightsSha256).toBe(before?.weightsSha256);
});
