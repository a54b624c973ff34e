/** Where a run is to be saved, and how often. */
import { join, parse } from "node:path";
import { checkWritable } from "../checkpoints/index.js";
import { SettingsError } from "../training/index.js";
import type { Interval } from "./parsers.js";
import type { Given } from "./resumption.js";
import type { SavingFlags } from "./saving-options.js";

export interface SavingPlan {
  readonly file: string;
  readonly every: Interval;
  /** The file for the run as it was at the epoch best on validation. */
  readonly bestFile: string | undefined;
}

/** Undefined if the run is not to be saved. Throws a SettingsError if the flags do not go together. */
export function savingPlan(
  { resume, save: file = resume, saveEvery: every, keepBest = false }: SavingFlags,
  given: Given,
): SavingPlan | undefined {
  if (file !== undefined) return { file, every, bestFile: keepBest ? bestFileOf(file) : undefined };
  const needless = ["saveEvery", "keepBest"].find((name) => given.has(name));
  if (needless === undefined) return undefined;
  throw new SettingsError(`${given.flag(needless)} needs --save <file> to save to`);
}

/** Throws a CheckpointError if a file cannot be written, before a run is spent on it. */
export async function checkFiles({ file, bestFile }: SavingPlan): Promise<void> {
  await checkWritable(file);
  if (bestFile !== undefined) await checkWritable(bestFile);
}

/** `model.safetensors` → `model.best.safetensors` */
function bestFileOf(file: string): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}.best${ext}`);
}
