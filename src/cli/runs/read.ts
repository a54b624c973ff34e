/** Runs in files, which are told by what is in them: checkpoints, or events of runs. */
import { type Checkpoint, readCheckpoint, weightsSha256 } from "../../checkpoints/index.js";
import { isSafetensors, TELLING_BYTES } from "../../checkpoints/safetensors.js";
import { DataError } from "../../data/errors.js";
import { attemptToRead } from "../../files/attempt.js";
import { readRegularFile, readRegularStart } from "../../files/regular.js";
import type { ReportedRun } from "../../report/index.js";
import { runsInEvents } from "./events.js";
import { namesOf } from "./names.js";

/** A run, with the checkpoint that it was read from, if it was one. */
export interface FoundRun {
  readonly run: ReportedRun;
  readonly checkpoint?: Checkpoint;
}

/**
 * The runs of all files, in their order, with names that tell them apart.
 *
 * @throws {DataError} if a file cannot be read or is neither, or if the runs are on different data
 * @throws {CheckpointError} if a checkpoint is damaged
 */
export async function readRuns(files: readonly string[]): Promise<FoundRun[]> {
  const found: FoundRun[] = [];
  for (const file of files) found.push(...(await runsIn(file)));
  expectSameData(found.map(({ run }) => run));
  const names = namesOf(found.map(({ run }) => run));
  return found.map(({ run, ...rest }, k) => ({ ...rest, run: { ...run, name: names[k]! } }));
}

async function runsIn(file: string): Promise<FoundRun[]> {
  const { start, size } = await reading(file, () => readRegularStart(file, TELLING_BYTES));
  if (isSafetensors(start)) {
    const checkpoint = await readCheckpoint(file);
    return [{ run: runOf(checkpoint, file), checkpoint }];
  }
  const bytes = size > LONGEST_TEXT ? undefined : await reading(file, () => readRegularFile(file));
  const text = bytes && textOf(bytes);
  if (text !== undefined) return runsInEvents(text, file).map((run) => ({ run }));
  throw new DataError(
    `${file} is no run: expected a network that --save has saved, or the events that --json has printed.`,
  );
}

function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  return attemptToRead(
    read,
    (reason, options) => new DataError(`Cannot read ${file}: ${reason}.`, options),
  );
}

/** A million epochs have less. */
const LONGEST_TEXT = 300e6;

/** As UTF-8, or as the UTF-16 that some shells write; undefined if it is none. */
function textOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  if (bytes.subarray(0, 1000).includes(0)) return undefined;
  return bytes.toString("utf8").replace(/^\ufeff/, "");
}

function runOf(checkpoint: Checkpoint, file: string): ReportedRun {
  const { settings, flags, dataset, made, reports, layers } = checkpoint;
  const { name, executor, backend, startFrom } = flags as Readonly<
    Record<string, string | undefined>
  >;
  return {
    name: name ?? "",
    file,
    settings: { ...settings, ...(startFrom && { startFrom }) },
    dataset,
    machine: {
      executor,
      backend: executor === "engine" ? backend : undefined,
      ...made,
    },
    epochs: reports,
    weightsSha256: weightsSha256(layers),
    network: { layers, settings },
    remarks: [],
  };
}

/** By their digests where both are known, else by their names. */
function expectSameData(runs: readonly ReportedRun[]): void {
  const [first, ...others] = runs;
  for (const other of others) {
    const [a, b] = [first!.dataset, other.dataset];
    const same =
      a.sha256 !== undefined && b.sha256 !== undefined ? a.sha256 === b.sha256 : a.name === b.name;
    if (same) continue;
    const detail = a.name === b.name ? ` (two of that name)` : "";
    throw new DataError(
      `${first!.file} was trained on ${a.name}, but ${other.file} on ${b.name}${detail}: results on different data cannot be compared.`,
    );
  }
}
