/** Committees: the networks of a recipe that differ in the seed alone, tested together. */
import { existsSync } from "node:fs";
import { readCheckpoint, weightsSha256 } from "../../checkpoints/index.js";
import type { Recipe } from "../../recipes/index.js";
import { accuracy } from "../../training/index.js";
import { chooseExecutor } from "../choose-executor.js";
import { type DataFlags, loadDataset } from "../dataset/load.js";
import { UsageError } from "../errors/kinds.js";
import { classifyBy } from "../networks/classify.js";
import type { Network } from "../networks/read.js";
import type { ExecutorFlags } from "../options/executor.js";
import { percent } from "../terminal/format.js";
import { madeHere } from "./made.js";
import { DATASET, type Identity, type Run, type RunRecord } from "./record.js";
import { ranges } from "./report.js";

/** A recipe with several seeds, and where each run of it is saved. */
export interface Members {
  readonly recipe: Recipe;
  readonly members: readonly { readonly identity: Identity; readonly file: string }[];
}

/**
 * Throws a UsageError for a run that is in the record, and so will not be trained, but not in its file. What is
 * wrong is found before the first run, not after the last.
 */
export function expectFiles(all: readonly Members[], record: RunRecord): void {
  for (const { identity, file } of missingOf(all, record).flatMap(({ members }) => members)) {
    if (record.find(identity) === undefined || existsSync(file)) continue;
    throw new UsageError(
      `${file} is not there, and its run is in the record, so that it is not trained again: leave out --committee, or name another --record`,
    );
  }
}

/**
 * Tests each committee that is not in the record, and adds it. All runs are in the record and in their files.
 * Throws a UsageError for a file with other weights than the record has. Stops if the signal comes.
 */
export async function testTogether(
  all: readonly Members[],
  flags: ExecutorFlags & DataFlags,
  record: RunRecord,
  signal: AbortSignal,
): Promise<void> {
  const missing = missingOf(all, record);
  if (missing.length === 0) return;
  const executor = chooseExecutor(flags, process.env);
  const { test } = await loadDataset(flags, true, signal);
  for (const each of missing) {
    // The same runs may be those of another recipe that was before this.
    if (isRecorded(each, record)) continue;
    const networks = await networksOf(each, record);
    const { predicted } = await classifyBy(networks, test, executor, { signal });
    if (signal.aborted) return;
    const share = accuracy(predicted, test.labels);
    record.add({
      settings: settingsOf(each),
      dataset: DATASET,
      seeds: seedsOf(each),
      test: share,
      weightsSha256: each.members.map(({ identity }) => recorded(identity, record).weightsSha256),
      made: madeHere(flags.threads),
    });
    const seeds = ranges(seedsOf(each));
    process.stderr.write(`${each.recipe.name}, seeds ${seeds} together: ${percent(share)}\n`);
  }
}

async function networksOf({ recipe, members }: Members, record: RunRecord): Promise<Network[]> {
  const networks: Network[] = [];
  for (const { identity, file } of members) {
    const { layers, settings, dataset } = await readCheckpoint(file);
    if (weightsSha256(layers) !== recorded(identity, record).weightsSha256) {
      throw new UsageError(
        `${file} has other weights than the record has of ${recipe.name}, seed ${identity.seed}: name another folder or record`,
      );
    }
    networks.push({ file, layers, settings, dataset });
  }
  return networks;
}

function recorded(identity: Identity, record: RunRecord): Run {
  return record.find(identity) as Run;
}

function missingOf(all: readonly Members[], record: RunRecord): readonly Members[] {
  return all.filter((each) => !isRecorded(each, record));
}

function isRecorded(members: Members, record: RunRecord): boolean {
  const seeds = seedsOf(members).join();
  return record.committees(settingsOf(members)).some((each) => each.seeds.join() === seeds);
}

function seedsOf({ members }: Members): number[] {
  return members.map(({ identity }) => identity.seed);
}

function settingsOf({ members: [first] }: Members): Omit<Identity, "seed"> {
  const { seed, ...settings } = (first as Members["members"][number]).identity;
  return settings;
}
