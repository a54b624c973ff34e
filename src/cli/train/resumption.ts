/** Resuming a saved run: its settings are those it was started with, and so must be its data. */
import {
  type Checkpoint,
  CheckpointError,
  type DatasetIdentity,
  readCheckpoint,
} from "../../checkpoints/index.js";
import { completeSettings, learningRateAt, type Settings } from "../../training/index.js";
import type { Configuration } from "../configuration/configure.js";
import { UsageError } from "../errors/kinds.js";
import { backendNames, type ExecutorFlags, executorNames } from "../options/executor.js";
import { flagOf, wordOf } from "../options/words.js";
import { visible } from "../terminal/visible.js";
import type { TrainFlags } from "./options.js";

/** A saved run, and what is now in force for it. */
export interface SavedRun {
  readonly file: string;
  readonly checkpoint: Checkpoint;
  readonly configuration: Configuration<TrainFlags>;
}

/**
 * Reads a saved run, which continues with the settings it was saved with. What is given again must be the
 * same, except that there may be more epochs.
 *
 * @throws {UsageError} that names both values if they differ
 * @throws {CheckpointError} if the file cannot be read, or is damaged
 */
export async function resume(
  file: string,
  { settings, flags, given }: Configuration<TrainFlags>,
): Promise<SavedRun> {
  const checkpoint = await readCheckpoint(file);
  const { executor, backend, dataset, keepBest } = flagsOf(file, checkpoint);
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
  const named = flags.dataset ?? (flags.dataDir === undefined ? dataset : undefined);
  return {
    file,
    checkpoint,
    configuration: {
      settings: continued,
      flags: {
        ...flags,
        ...(executor && { executor }),
        ...(backend && { backend }),
        ...(named && { dataset: named }),
        ...(keepBest && { keepBest }),
      },
      given,
    },
  };
}

/** What a saved run says beside its settings. Throws a {@link CheckpointError} if that is impossible. */
function flagsOf(file: string, { flags }: Checkpoint): Partial<TrainFlags> {
  const { executor, backend, dataset, keepBest } = flags as Partial<TrainFlags>;
  const isPossible =
    (executor === undefined || executorNames.includes(executor)) &&
    (backend === undefined || backendNames.includes(backend)) &&
    (dataset === undefined || typeof dataset === "string") &&
    (keepBest === undefined || typeof keepBest === "boolean");
  if (isPossible) return { executor, backend, dataset, keepBest } as Partial<TrainFlags>;
  throw new CheckpointError(
    `${file} has impossible flags: ${JSON.stringify(flags).slice(0, 200)}.`,
  );
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
      `--epochs ${settings.epochs} does not agree with ${file}, which has --epochs ${checkpoint.settings.epochs}: by --schedule ${settings.schedule} its epoch ${done + 1} would have had the learning rate ${now} instead of ${before}`,
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
const DROPPED = /^--(save|resume|mirror)(=|$)/;

/** The command that resumes a run which was started with these arguments and saved to a file. */
export function commandToResume(args: readonly string[], file: string): string {
  const kept: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!DROPPED.test(arg)) kept.push(arg);
    else if (!arg.includes("=")) i++;
  }
  return ["train-mnist", ...kept, "--resume", file].map(quoted).join(" ");
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  if (/^[\w./:=,@%+-]+$/.test(word)) return word;
  const shown = visible(word);
  // Bash, zsh and most other shells read such escapes.
  if (shown !== word) return `$'${visible(word.replace(/[\\']/g, "\\$&"))}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
