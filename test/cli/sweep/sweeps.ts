/** Short sweeps of the command, and what they leave. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Result } from "../../../src/sweeps/folder/results.js";
import type { Settings } from "../../../src/training/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { digestByCommand } from "../../support/digests.js";
import { separableDataset } from "../../support/digits.js";
import { run } from "../../support/here.js";

/** The flags of a short run, and a folder for a sweep. */
export function prepare() {
  const data = ["--data-dir", dataDirectory(separableDataset(100, 40))];
  const flags = [...data, "--validation-size", "20", "--epochs", "2", "--threads", "1"];
  return { data, flags, out: join(temporaryDirectory(), "sweep") };
}

interface Line {
  readonly label: string;
  readonly sha256: string;
  readonly settings: Partial<Settings>;
}

export function runsOf(out: string): Line[] {
  return linesOf(readFileSync(join(out, "runs.jsonl"), "utf8")).map((line) => JSON.parse(line));
}

/** The results of all runs that are done, by their indices. */
export function resultsOf(out: string): ReadonlyMap<number, Result> {
  const indices = readdirSync(join(out, "done")).map((name) => Number.parseInt(name, 10));
  const entries = indices
    .sort((a, b) => a - b)
    .map((index): [number, Result] => {
      return [index, JSON.parse(readFileSync(join(out, "done", `${index}.json`), "utf8"))];
    });
  return new Map(entries);
}

/** The folder of a run. */
export function folderOf(out: string, index: number): string {
  const { sha256 } = runsOf(out)[index]!;
  const name = readdirSync(join(out, "runs")).find((each) => each.endsWith(sha256.slice(0, 8)));
  return join(out, "runs", name ?? "none");
}

export function eventsOf(folder: string) {
  return linesOf(readFileSync(join(folder, "run.jsonl"), "utf8")).map((line) => JSON.parse(line));
}

/** Every run must have ended with the weights that `train-mnist` gives alone, with its settings. */
export async function expectSingleDigests(out: string, data: readonly string[]): Promise<void> {
  const results = resultsOf(out);
  for (const [index, { sha256 }] of runsOf(out).entries()) {
    const config = join(folderOf(out, index), "settings.json");
    const alone = await digestByCommand([...data, "--threads", "1", "--config", config], run);
    expect(results.get(index)).toMatchObject({ sha256, weightsSha256: alone });
  }
}

/** Trains in the process of the test unless other `--jobs` are asked for: processes take long to start. */
export function sweep(...args: readonly string[]) {
  const trains = args[0] !== "status" && args[0] !== "report" && !args.includes("--jobs");
  return run(["sweep", ...args, ...(trains ? ["--jobs", "1"] : [])]);
}
