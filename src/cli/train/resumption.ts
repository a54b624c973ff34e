/** Resuming a saved run: its settings are those it was started with, and so must be its data. */

import { isSha256 } from "../../bytes.js";
import {
  type Checkpoint,
  CheckpointError,
  type DatasetIdentity,
  readCheckpoint,
} from "../../checkpoints/index.js";
import { splitNames } from "../../data/collections.js";
import { flagOf, wordOf } from "../../recipes/words.js";
import { completeSettings, learningRateAt, type Settings } from "../../training/index.js";
import type { Configuration } from "../configuration/configure.js";
import { UsageError } from "../errors/kinds.js";
import { backendNames, type ExecutorFlags, executorNames } from "../options/executor.js";
import { isMeasured } from "../options/measuring.js";
import { quoted } from "../terminal/quoted.js";
import type { TrainFlags } from "./options.js";
import { startingFrom } from "./starting.js";

/** A saved run, and what is now in force for it. */
export interface SavedRun {
  readonly file: string;
  readonly checkpoint: Checkpoint;
  /** The digest of the weights that it began with, if these were not random. */
  readonly startedFrom: string | undefined;
  readonly configuration: Configuration<TrainFlags>;
}

/**
 * Reads a saved run, which continues with the settings it was saved with. What is given again must be the
 * same, except that there may be more epochs.
 *
 * @throws {UsageError} that names both values if they differ
 * @throws {CheckpointError} if the file cannot be read, or is damaged
 */
export async function resume(file: string, now: Configuration<TrainFlags>): Promise<SavedRun> {
  const checkpoint = await readCheckpoint(file);
  const { executor, backend, dataset, startFrom, ...kept } = flagsOf(file, checkpoint);
  // As when it began, what the weights say goes before a recipe.
  const weights = { layers: checkpoint.layers, checkpoint };
  const { settings, flags, given } = startFrom === undefined ? now : startingFrom(weights, now);
  const saved: Values = { ...checkpoint.settings, executor, backend };
  const asked: Values = { ...settings, executor: flags.executor, backend: flags.backend };
  const { epochs } = given.has("epochs") ? settings : checkpoint.settings;
  for (const name of Object.keys(asked) as (keyof Values)[]) {
    const mayDiffer = name === "epochs" && epochs > checkpoint.settings.epochs;
    if (!given.has(name) || mayDiffer || wordOf(asked[name]) === wordOf(saved[name])) continue;
    const flag = flagOf(name);
    const before = saved[name] === undefined ? `no ${flag}` : `${flag} ${wordOf(saved[name])}`;
    throw new UsageError(
      `${flag} ${wordOf(asked[name])}${given.source(name)} does not agree with ${file}, which has ${before}: leave it out to resume, or start anew without --resume`,
    );
  }
  const continued = completeSettings({ ...checkpoint.settings, epochs });
  checkSchedule(file, checkpoint, continued);
  const isFetched = dataset === undefined || !splitNames.includes(dataset);
  const named = flags.dataset ?? (flags.dataDir !== undefined && isFetched ? undefined : dataset);
  return {
    file,
    checkpoint,
    startedFrom: startFrom,
    configuration: {
      settings: continued,
      flags: {
        ...flags,
        ...(executor && { executor }),
        ...(backend && { backend }),
        ...(named && { dataset: named }),
        ...unlessGiven(kept, flags, given),
      },
      given,
    },
  };
}

/**
 * The flags that are saved with a run, each with what its value can be. Of the weights that it started from
 * their digest is saved.
 */
const SAVED_FLAGS = {
  executor: (value: unknown) => executorNames.some((name) => name === value),
  backend: (value: unknown) => backendNames.some((name) => name === value),
  dataset: (value: unknown) => typeof value === "string",
  keepBest: (value: unknown) => typeof value === "boolean",
  name: (value: unknown) => typeof value === "string",
  startFrom: isSha256,
  measure: isMeasured,
  evalEvery: (value: unknown) => Number.isInteger(value) && (value as number) >= 1,
} as const;

type SavedFlags = Pick<TrainFlags, keyof typeof SAVED_FLAGS>;

/** Of the flags of a run, those that are saved with it. */
export function savedFlags(flags: Readonly<Record<string, unknown>>): Partial<SavedFlags> {
  const entries = Object.keys(SAVED_FLAGS).map((name) => [name, flags[name]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** What a saved run says beside its settings. Throws a {@link CheckpointError} if that is impossible. */
function flagsOf(file: string, { flags }: Checkpoint): Partial<SavedFlags> {
  const saved = savedFlags(flags);
  const isPossible = Object.entries(saved).every(([name, value]) =>
    SAVED_FLAGS[name as keyof SavedFlags](value),
  );
  if (isPossible) return saved;
  throw new CheckpointError(
    `${file} has impossible flags: ${JSON.stringify(flags).slice(0, 200)}.`,
  );
}

/** Of these flags those that are not given now. */
function unlessGiven(
  saved: Partial<TrainFlags>,
  now: TrainFlags,
  given: Configuration<TrainFlags>["given"],
): Partial<TrainFlags> {
  const isOpen = (name: string) => !given.has(name) || now[name as keyof TrainFlags] === undefined;
  return Object.fromEntries(Object.entries(saved).filter(([name]) => isOpen(name)));
}

/** What a run must be resumed with as it was begun. */
type Values = { readonly [Name in keyof (Settings & ExecutorFlags)]?: unknown };

/**
 * Throws a {@link UsageError} if more epochs would have given other learning rates to those that
 * were trained: the run would not be the one that has so many epochs from the beginning.
 */
function checkSchedule(file: string, checkpoint: Checkpoint, settings: Settings): void {
  const { reports, images } = checkpoint;
  const begun = reports.length + (images > 0 ? 1 : 0);
  // On a plateau a rate follows from the epochs before it, however many are to come.
  if (settings.schedule === "plateau") return;
  for (let done = 0; done < begun; done++) {
    const [before, now] = [checkpoint.settings, settings].map((each) => learningRateAt(done, each));
    if (before === now) continue;
    throw new UsageError(
      `--epochs ${settings.epochs} does not agree with ${file}, which has --epochs ${checkpoint.settings.epochs}: by --schedule ${settings.schedule} its epoch ${done + 1} would have had the learning rate ${now} instead of ${before}; train its weights further by --start-from ${file}, or begin a new run`,
    );
  }
}

/** Throws a {@link UsageError} that names both data sets if they are not the same. */
export function checkDataset({ file, checkpoint }: SavedRun, now: DatasetIdentity): void {
  const before = checkpoint.dataset;
  if (now.sha256 === before.sha256) return;
  const [was, is] = [before, now].map(
    ({ name, sha256 }) => `${name} (SHA-256 ${sha256.slice(0, 8)}…)`,
  );
  throw new UsageError(
    `${file} was trained on ${was}, and this is ${is}: name its data again, as by --dataset, --data-dir or --test-dir`,
  );
}

/** Flags that the command which resumes a run has no use for: its data is in the cache by now. */
const DROPPED = /^--(save|resume|start-from|mirror|overwrite)(=|$)/;

/**
 * What to type to resume a run that was saved to a file.
 *
 * @param command how it was started
 * @param args with which arguments
 */
export function commandToResume(command: string, args: readonly string[], file: string): string {
  const kept: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!DROPPED.test(arg)) kept.push(arg);
    else if (!arg.includes("=") && arg !== "--overwrite") i++;
  }
  return [command, ...[...kept, "--resume", file].map(quoted)].join(" ");
}
