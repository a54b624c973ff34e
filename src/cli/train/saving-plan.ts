/** Where a run is to be saved, and how often. */
import { join, parse } from "node:path";
import { checkWritable } from "../../checkpoints/files.js";
import { UsageError } from "../errors/kinds.js";
import type { Interval } from "../options/parsers.js";
import type { SavingFlags } from "./options.js";

export interface SavingPlan {
  readonly file: string;
  readonly every: Interval;
  /** The file for the run as it was at the epoch best on validation. */
  readonly bestFile: string | undefined;
  /** Whether to replace files that hold something else than this run. */
  readonly overwrite: boolean;
}

/** Undefined if the run is not to be saved. Throws a UsageError if the flags do not go together. */
export function savingPlan({
  resume,
  save: file = resume,
  saveEvery,
  keepBest,
  overwrite = false,
}: SavingFlags): SavingPlan | undefined {
  if (file !== undefined) {
    const bestFile = keepBest ? bestFileOf(file) : undefined;
    return { file, every: saveEvery ?? { epochs: 1 }, bestFile, overwrite };
  }
  const idle = { "--keep-best": keepBest, "--save-every": saveEvery, "--overwrite": overwrite };
  for (const [flag, value] of Object.entries(idle)) {
    if (value) throw new UsageError(`${flag} needs --save <file>, the file to save to`);
  }
  return undefined;
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
