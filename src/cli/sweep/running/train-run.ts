/** One run of a sweep, in its folder: begun, or resumed from where it was saved last. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Checkpoint, CheckpointError, VersionError } from "../../../checkpoints/index.js";
import type { PlannedRun } from "../../../sweeps/folder/lines.js";
import { type Failure, type Result, writeEnding } from "../../../sweeps/folder/results.js";
import type { Sweep } from "../../../sweeps/folder/sweep.js";
import { orCannot } from "../../../sweeps/folder/system.js";
import { DivergenceError, isOutOfMemory, SettingsError } from "../../../training/errors.js";
import { NOTHING } from "../../configuration/given.js";
import { settingsInJson } from "../../configuration/value.js";
import type { Identified } from "../../dataset/identified.js";
import { TargetError } from "../../errors/kinds.js";
import { inWords } from "../../errors/report.js";
import { exitCodes } from "../../exit-codes.js";
import { type Reporter, together } from "../../train/reporting/reporter.js";
import { trainUntil } from "../../train/run.js";
import { runIdentity, sameRunIn } from "../../train/same-run.js";
import { type RunFlags, trainFlags } from "./flags.js";
import { recorder } from "./record.js";

/** How a run has ended; undefined if it was stopped, and can be resumed. */
export type Ended = { readonly done: Result } | { readonly failed: Failure } | undefined;

export interface Means {
  readonly data: Identified;
  readonly flags: RunFlags;
  readonly signal: AbortSignal;
  /** Is told what happens in the run. */
  readonly watcher?: Partial<Reporter>;
}

/**
 * Trains a run that this process has claimed, and records how it ended.
 *
 * @throws {CheckpointError | SweepError} if its files cannot be written, or are of another version
 */
export async function trainRun(sweep: Sweep, run: PlannedRun, means: Means): Promise<Ended> {
  const { flags } = means;
  const folder = sweep.folderOf(run);
  const file = join(folder, "model.safetensors");
  await orCannot("write", folder, async () => {
    await mkdir(folder, { recursive: true });
    const settings = `${JSON.stringify(settingsInJson(run.settings), undefined, 2)}\n`;
    await writeFile(join(folder, "settings.json"), settings);
  });
  const before = await savedIn(file, run, sweep, means);
  const ended = await trained(run, file, before, means);
  if (ended === undefined) return undefined;
  await writeEnding(sweep.directory, run.index, folder, ended);
  if ("done" in ended && flags.keep !== "last") await rm(file, { force: true });
  return ended;
}

/**
 * What is damaged, or of another run, is not resumed: the run begins again, or fails for its own reason. Throws a
 * CheckpointError if another version has saved it.
 */
async function savedIn(
  file: string,
  { settings }: PlannedRun,
  { description }: Sweep,
  { data }: Means,
): Promise<Checkpoint | undefined> {
  try {
    return await sameRunIn(file, runIdentity(settings, description, data));
  } catch (error) {
    const isOfNoUse = error instanceof CheckpointError || error instanceof SettingsError;
    if (isOfNoUse && !(error instanceof VersionError)) return undefined;
    throw error;
  }
}

async function trained(
  { sha256, settings }: PlannedRun,
  file: string,
  before: Checkpoint | undefined,
  { data, flags, signal, watcher }: Means,
): Promise<Ended> {
  const record = recorder(join(file, ".."), before?.reports ?? []);
  const saving = { save: file, overwrite: true, ...(before && { resume: file }) };
  const configuration = { settings, flags: { ...trainFlags(flags), ...saving }, given: NOTHING };
  const reporter = watcher ? together([record.reporter, watcher]) : record.reporter;
  try {
    const code = await trainUntil(signal, configuration, reporter, data);
    if (code !== exitCodes.success) return undefined;
  } catch (error) {
    if (!isItsOwn(error)) throw error;
    if (!(error instanceof TargetError)) return { failed: { sha256, message: inWords(error) } };
  } finally {
    record.close();
  }
  return record.result && { done: { sha256, ...record.result } };
}

/** Whether another run may do better: it is not the machine, or the data, that is to blame. */
function isItsOwn(error: unknown): error is Error {
  const kinds = [DivergenceError, SettingsError, TargetError];
  return kinds.some((kind) => error instanceof kind) || isOutOfMemory(error);
}
