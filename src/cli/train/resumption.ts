/** Taking up a saved run: its settings are those it was started with, and so must be its data. */
import { type Checkpoint, type DatasetIdentity, readCheckpoint } from "../../checkpoints/index.js";
import { learningRateAfter, type Settings, SettingsError } from "../../training/index.js";
import type { Given } from "../configuration/given.js";

/** A saved run that goes on. */
export interface Resumption<Values> {
  readonly file: string;
  readonly checkpoint: Checkpoint;
  /** The settings, and the flags beside them that decide the numbers. */
  readonly values: Values;
  /** What `--dataset` said. */
  readonly dataset: string | undefined;
}

/**
 * Reads the file of a run that is to go on with the values it was saved with. What is given again
 * must be the same, except that there may be more epochs.
 *
 * @throws {SettingsError} that names both values if they differ
 * @throws {CheckpointError} if the file cannot be read, or is damaged
 */
export async function takeUp<Values extends Pick<Settings, "epochs">>(
  file: string,
  asked: Values,
  given: Given,
): Promise<Resumption<Values>> {
  const checkpoint = await readCheckpoint(file);
  const { dataset, ...flags } = checkpoint.flags as { readonly dataset?: string };
  const saved: Readonly<Record<string, unknown>> = { ...checkpoint.settings, ...flags };
  const { epochs } = given.has("epochs") ? asked : checkpoint.settings;
  for (const [name, value] of Object.entries(asked)) {
    const agrees = !given.has(name) || JSON.stringify(value) === JSON.stringify(saved[name]);
    if (agrees || (name === "epochs" && epochs > checkpoint.settings.epochs)) continue;
    const flag = given.flag(name);
    const before = saved[name] === undefined ? `no ${flag}` : `${flag} ${inWords(saved[name])}`;
    throw new SettingsError(
      `${flag} ${inWords(value)} does not agree with ${file}, which has ${before}: drop the flag to go on, or start anew without --resume`,
    );
  }
  return { file, checkpoint, values: { ...asked, ...saved, epochs }, dataset };
}

/**
 * Throws a {@link SettingsError} if more epochs would have given other learning rates to those that
 * were trained: the run would not be the one that has so many epochs from the beginning.
 */
export function checkCourse({ file, checkpoint }: Resumption<unknown>, settings: Settings): void {
  const { reports, images } = checkpoint;
  const begun = reports.length + (images > 0 ? 1 : 0);
  for (let done = 0; done < begun; done++) {
    const [before, now] = [checkpoint.settings, settings].map((each) =>
      learningRateAfter(reports.slice(0, done), each),
    );
    if (before === now) continue;
    throw new SettingsError(
      `--epochs ${settings.epochs} does not agree with ${file}, which has --epochs ${checkpoint.settings.epochs}: by --schedule ${settings.schedule} its epoch ${done + 1} would have had the learning rate ${now} instead of ${before}`,
    );
  }
}

/** Throws a {@link SettingsError} that names both data sets if they are not the same. */
export function checkDataset(
  { file, checkpoint }: Resumption<unknown>,
  now: DatasetIdentity,
): void {
  const before = checkpoint.dataset;
  if (now.sha256 === before.sha256) return;
  const [was, is] = [before, now].map(
    ({ name, sha256 }) => `${name} (SHA-256 ${sha256.slice(0, 8)}…)`,
  );
  throw new SettingsError(
    `${file} was trained on ${was}, and this is ${is}: name its data again, as by --dataset, --data-dir or --test-dir`,
  );
}

/** The command that goes on with a run which was started with these arguments and saved to a file. */
export function commandToGoOn(args: readonly string[], file: string): string {
  const kept: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === "--save" || arg === "--resume") i++;
    else if (!/^--(save|resume)=/.test(arg)) kept.push(arg);
  }
  return ["train-mnist", ...kept, "--resume", file].map(quoted).join(" ");
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A value as a flag takes it. */
function inWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).join(",") || "none";
}
