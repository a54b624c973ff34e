/**
 * How runs have ended. A small file in `done`, `failed` or `stopped`, named by the run's index, says that it has, so
 * that the state of all runs is seen without opening one file; what is in it is the result.
 */
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ifThere } from "../../files/if-there.js";
import { replaceFile } from "../../files/replace.js";
import { type Checks, isRecord, isText, orNull, parsedJson } from "../../json.js";
import { nonNegative, part, whole } from "../../training/settings/ranges.js";
import { SweepError } from "../errors.js";
import { orCannot } from "./system.js";

/** Accuracies are parts of 1; null is what was not measured. */
export interface Result {
  readonly sha256: string;
  /** Why the run ended: `epochs`, `patience`, … */
  readonly reason: string;
  readonly epochs: number;
  /** At the last epoch. */
  readonly validationAccuracy: number | null;
  readonly testAccuracy: number | null;
  /** The epoch best on validation; the last if none was measured. */
  readonly bestEpoch: number;
  readonly bestValidationAccuracy: number | null;
  readonly bestTestAccuracy: number | null;
  /** Training time of all epochs, without evaluation. */
  readonly seconds: number;
  readonly weightsSha256: string;
}

/** A run that cannot be finished, as it would fail again in the same way. */
export interface Failure {
  readonly sha256: string;
  readonly message: string;
}

/** A run that was not among the best, and could go on from there. */
export interface Stopped {
  readonly sha256: string;
  /** How many epochs were trained. */
  readonly epochs: number;
  readonly validationAccuracy: number | null;
}

/** What is known of a run that has ended in one of the three ways. */
interface Endings {
  readonly done: Result;
  readonly failed: Failure;
  readonly stopped: Stopped;
}

export type Ending = keyof Endings;

const NAME = /^(0|[1-9]\d*)\.json$/;

/** The indices of runs that have ended so. */
export async function endedIn(directory: string, ending: Ending): Promise<Set<number>> {
  const folder = join(directory, ending);
  const names = await orCannot("read", folder, () => readdir(folder));
  const indices = new Set<number>();
  for (const name of names) {
    const digits = NAME.exec(name)?.[1];
    if (digits !== undefined) indices.add(Number(digits));
  }
  return indices;
}

/** Undefined if the run has not ended so. Throws a {@link SweepError} if the file is damaged. */
export function readResult(directory: string, index: number): Promise<Result | undefined> {
  return readEnding(directory, "done", index);
}

export function readFailure(directory: string, index: number): Promise<Failure | undefined> {
  return readEnding(directory, "failed", index);
}

async function readEnding<E extends Ending>(
  directory: string,
  ending: E,
  index: number,
): Promise<Endings[E] | undefined> {
  const file = markerOf(directory, ending, index);
  const text = await orCannot("read", file, () => ifThere(() => readFile(file, "utf8")));
  if (text === undefined) return undefined;
  const value = parsedJson(text);
  if (isRecord<Endings[E]>(value, CHECKS[ending])) return value;
  throw new SweepError(`${file} is damaged: delete it, and the run is repeated.`);
}

const isCount = whole(0).has;
const isPart = orNull(part.has);

const CHECKS: { readonly [E in Ending]: Checks<Endings[E]> } = {
  done: {
    sha256: isText,
    reason: isText,
    epochs: isCount,
    validationAccuracy: isPart,
    testAccuracy: isPart,
    bestEpoch: isCount,
    bestValidationAccuracy: isPart,
    bestTestAccuracy: isPart,
    seconds: nonNegative.has,
    weightsSha256: isText,
  },
  failed: { sha256: isText, message: isText },
  stopped: { sha256: isText, epochs: isCount, validationAccuracy: isPart },
};

/**
 * Records how a run has ended. The file is written in the run's own folder and then moved, so that it appears
 * whole, and nobody has to look for temporary files in `done`, which may hold very many.
 *
 * @param folder that of the run
 */
export async function writeEnding(
  directory: string,
  index: number,
  folder: string,
  ending: { readonly done: Result } | { readonly failed: Failure } | { readonly stopped: Stopped },
): Promise<void> {
  const [[kind, value]] = Object.entries(ending) as [[Ending, unknown]];
  const [file, made] = [markerOf(directory, kind, index), join(folder, "result.json")];
  await orCannot("write", file, async () => {
    await mkdir(folder, { recursive: true });
    await replaceFile(made, [Buffer.from(`${JSON.stringify(value)}\n`)]);
    await rename(made, file);
    await synchronise(join(directory, kind));
    if (kind !== "done") return;
    for (const other of ["failed", "stopped"] as const) await forget(directory, index, other);
  });
}

/** Makes a run that has ended so one that is left. */
export async function forget(
  directory: string,
  index: number,
  ending: Exclude<Ending, "done">,
): Promise<void> {
  await rm(markerOf(directory, ending, index), { force: true });
}

function markerOf(directory: string, ending: Ending, index: number): string {
  return join(directory, ending, `${index}.json`);
}

/** So that the name survives a loss of power; some file systems cannot. */
async function synchronise(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
