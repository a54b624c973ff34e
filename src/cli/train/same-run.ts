/** Whether a file holds a certain run: what weights depend on is the same. */
import { statSync } from "node:fs";
import { type Checkpoint, readCheckpoint } from "../../checkpoints/index.js";
import { GENTLE } from "../../data/deformed/deformation.js";
import { flagOf, wordOf } from "../../recipes/words.js";
import { completeSettings, type Settings } from "../../training/index.js";
import { split } from "../../training/settings/split.js";
import type { Identified } from "../dataset/identified.js";

/** What makes a run the one that it is. The settings say how many images it trains and validates on. */
export type RunIdentity = Pick<Checkpoint, "settings" | "flags" | "dataset">;

/** What makes a run that begins with random weights. Throws a SettingsError if the data is too small for it. */
export function runIdentity(
  settings: Partial<Settings>,
  { executor, backend }: { readonly executor: string; readonly backend: string },
  { dataset, identity }: Identified,
): RunIdentity {
  const complete = completeSettings(settings);
  return {
    settings: { ...complete, ...split(complete, dataset.train.count) },
    flags: { executor, backend },
    dataset: identity,
  };
}

/**
 * The run that is saved in a file, as far as it has come: undefined if there is none, or another one. An empty
 * file holds none. Throws a CheckpointError if the file cannot be read, or is damaged.
 */
export async function sameRunIn(file: string, run: RunIdentity): Promise<Checkpoint | undefined> {
  if (isEmpty(file)) return undefined;
  const saved = await readCheckpoint(file);
  const isSame = saved.settings.epochs === run.settings.epochs;
  return isSame && differencesBetween(saved, run).length === 0 ? saved : undefined;
}

/** Whether there is no such file, or nothing in it. */
export function isEmpty(file: string): boolean {
  return !statSync(file, { throwIfNoEntry: false })?.size;
}

/** `--seed 1 instead of 2`, for each setting that is not the same, the number of epochs apart. */
export function differencesBetween(saved: RunIdentity, run: RunIdentity): string[] {
  const [before, now] = [saved, run].map(decisive) as [Values, Values];
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  const differences = names.flatMap((name) => {
    const [was, is] = [before[name], now[name]].map((value) => wordOf(value ?? "none"));
    return was === is ? [] : [`${flagOf(name)} ${was} instead of ${is}`];
  });
  if (saved.dataset.sha256 === run.dataset.sha256) return differences;
  const [was, is] = [saved.dataset.name, run.dataset.name];
  return [was === is ? `other images in ${is}` : `${was} instead of ${is}`, ...differences];
}

type Values = Readonly<Record<string, unknown>>;

/** All that weights depend on beside the data and the number of epochs. */
function decisive({ settings, flags }: RunIdentity): Values {
  const { epochs, gentle = GENTLE, ...others } = completeSettings(settings);
  const { executor = "engine", backend = "embedded", startFrom } = flags;
  return { ...others, gentle, executor, backend, startFrom };
}
