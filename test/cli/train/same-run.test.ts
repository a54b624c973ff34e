/** Whether a file holds a certain run, by all that its weights depend on. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { identityOf, readCheckpoint } from "../../../src/checkpoints/index.js";
import { open, type Task } from "../../../src/cli/reproduce/worker.js";
import type { TrainFlags } from "../../../src/cli/train/options.js";
import { runIdentity, sameRunIn } from "../../../src/cli/train/same-run.js";
import { loadDirectory } from "../../../src/data/index.js";
import type { Settings } from "../../../src/training/index.js";
import { run } from "../../support/here.js";
import { endOf, prepare } from "./short-run.js";

const EXECUTOR = { executor: "engine", backend: "embedded" };
/** What the flags of a short run say. */
const SETTINGS = { epochs: 3, hidden: [8], seed: 5, validationSize: 10 } as const;

/** A short run that is saved, and what it is looked for with. */
async function saved(...more: string[]) {
  const prepared = prepare();
  const { flags, data, file } = prepared;
  const outcome = await run([...flags, ...more, "--json", "--save", file]);
  expect(outcome.code).toBe(0);
  const dataset = await loadDirectory(data[1] as string);
  const found = (settings: Partial<Settings>, executor = EXECUTOR) =>
    sameRunIn(file, runIdentity(settings, executor, { dataset, identity: identityOf(dataset) }));
  return { ...prepared, outcome, found };
}

describe("a file", () => {
  test("holds a run whose settings are the same, with the defaults of those that are left out", async () => {
    const { file, found } = await saved();
    expect(await found(SETTINGS)).toEqual(await readCheckpoint(file));
    expect(await found({ ...SETTINGS, trainSize: 70, momentum: 0 })).toBeDefined();
    expect(await found({ ...SETTINGS, epochs: 4 })).toBeUndefined();
    expect(await found({ ...SETTINGS, validationSize: 20 })).toBeUndefined();
    expect(await found(SETTINGS, { ...EXECUTOR, executor: "reference" })).toBeUndefined();
    writeFileSync(file, "");
    expect(await found(SETTINGS)).toBeUndefined();
  });

  test.each([
    { what: "fewer images", more: ["--train-size", "50"] },
    { what: "a setting without a default", more: ["--max-norm", "3"] },
    { what: "deformations", more: ["--rotation", "5"] },
  ])("holds another run if it has $what", async ({ more }) => {
    const { found } = await saved(...more);
    expect(await found(SETTINGS)).toBeUndefined();
  });

  test("holds another run if it started from weights", async () => {
    const first = await saved();
    const { found } = await saved("--start-from", first.file);
    expect(await found(SETTINGS)).toBeUndefined();
  });
});

describe("a worker of reproduce", () => {
  const settings: Partial<Settings> = SETTINGS;
  const opened = async (data: readonly string[], ...tasks: Task[]) => {
    const measuring = { measure: ["validation", "test"], evalEvery: 1 } as const;
    const flags = { ...EXECUTOR, dataDir: data[1], threads: 1, ...measuring };
    const setup = { flags: { ...flags, simd: "auto" } as TrainFlags, tasks };
    return open(setup, new AbortController().signal);
  };

  test("has the results of a run that was saved, without training it again", async () => {
    const { data, file, outcome } = await saved();
    const task = { settings, file };
    const train = await opened(data, task);
    const accuracies = [expect.any(Number), expect.any(Number), expect.any(Number)];
    expect(await train(task, () => {})).toMatchObject({
      results: { test: accuracies, validation: accuracies, weightsSha256: endOf(outcome) },
    });
  });

  test.each([
    { what: "another run", more: ["--max-norm", "3"], says: "another run" },
    { what: "gaps", more: ["--eval-every", "2"], says: "not measured after each epoch" },
    { what: "no test", more: ["--measure", "validation"], says: "not measured after each epoch" },
  ])("finds before the first run that the file of the last has $what", async ({ more, says }) => {
    const { data, directory, file } = await saved(...more);
    const first = { settings, file: join(directory, "first.safetensors") };
    await expect(opened(data, first, { settings, file })).rejects.toThrow(says);
  });

  test("begins a run whose file is empty", async () => {
    const { data, file, outcome } = await saved();
    writeFileSync(file, "");
    const task = { settings, file };
    const result = await (await opened(data, task))(task, () => {});
    expect(result).toMatchObject({ results: { weightsSha256: endOf(outcome) } });
  });
});
