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
import { DATASET, type Run, type RunSettings, withoutSeed } from "./entry.js";
import { originHere } from "./origin.js";
import type { RunRecord } from "./record.js";
import { ranges } from "./words.js";

/** A recipe with several seeds, and where each run of it is saved. */
export interface Members {
  readonly recipe: Recipe;
  readonly members: readonly [Member, ...Member[]];
}

export interface Member {
  readonly runSettings: RunSettings;
  readonly file: string;
}

/**
 * Throws a UsageError if a run is in the record, and so will not be trained again, but its file is missing or has
 * other weights, and a CheckpointError if that is damaged.
 */
export async function expectNetworks(all: readonly Members[], record: RunRecord): Promise<void> {
  for (const { recipe, members } of missingOf(all, record)) {
    for (const member of members) {
      const run = record.find(member.runSettings);
      if (run !== undefined) await networkOf(recipe, member, run);
    }
  }
}

/**
 * Tests each committee that is not in the record, and adds it. All runs are in the record and in their files.
 * Throws as {@link expectNetworks} does. Stops if the signal comes.
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
    // An earlier recipe may have the same settings, and so the same runs.
    if (isRecorded(each, record)) continue;
    const { recipe, members } = each;
    const runs = members.map(({ runSettings }) => record.find(runSettings) as Run);
    const networks: Network[] = [];
    for (const [i, member] of members.entries()) {
      networks.push(await networkOf(recipe, member, runs[i] as Run));
    }
    const { predicted } = await classifyBy(networks, test, executor, { signal });
    if (signal.aborted) return;
    const share = accuracy(predicted, test.labels);
    const seeds = seedsOf(each);
    record.add({
      settings: withoutSeed(members[0].runSettings),
      ...{ dataset: DATASET, seeds, test: share },
      weightsSha256: runs.map(({ weightsSha256 }) => weightsSha256),
      made: originHere(flags.threads),
    });
    process.stderr.write(`${recipe.name}, seeds ${ranges(seeds)} together: ${percent(share)}\n`);
  }
}

async function networkOf(
  { name }: Recipe,
  { runSettings, file }: Member,
  run: Run,
): Promise<Network> {
  if (!existsSync(file)) {
    throw new UsageError(
      `${file} is missing, though the record has its run: name its folder by --save, or leave out --committee`,
    );
  }
  const { layers, settings, dataset } = await readCheckpoint(file);
  if (weightsSha256(layers) !== run.weightsSha256) {
    throw new UsageError(
      `${file} has other weights than the record has for ${name}, seed ${runSettings.seed}: name another folder by --save, or another --record`,
    );
  }
  return { file, layers, settings, dataset };
}

function missingOf(all: readonly Members[], record: RunRecord): readonly Members[] {
  return all.filter((each) => !isRecorded(each, record));
}

function isRecorded(members: Members, record: RunRecord): boolean {
  const { runSettings } = members.members[0];
  const seeds = seedsOf(members).join();
  return record.committees(runSettings).some((each) => each.seeds.join() === seeds);
}

function seedsOf({ members }: Members): number[] {
  return members.map(({ runSettings }) => runSettings.seed);
}
