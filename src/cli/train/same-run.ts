import { existsSync } from "node:fs";
import { type Checkpoint, type DatasetIdentity, readCheckpoint } from "../../checkpoints/index.js";
import { wordOf } from "../../recipes/words.js";
import type { Settings } from "../../training/index.js";

/** What decides a run beside its settings. */
interface Common {
  readonly dataset: Pick<DatasetIdentity, "sha256">;
  readonly executor: string;
  readonly backend: string;
}

/**
 * The run that is saved in a file, as far as it has come: undefined if there is none, or another one than that
 * with these settings, executor and data. Throws a CheckpointError if the file cannot be read, or is damaged.
 */
export async function sameRunIn(
  file: string,
  settings: Partial<Settings>,
  { dataset, executor, backend }: Common,
): Promise<Checkpoint | undefined> {
  if (!existsSync(file)) return undefined;
  const checkpoint = await readCheckpoint(file);
  const saved: Record<string, unknown> = { ...checkpoint.flags, ...checkpoint.settings };
  const isSame = Object.entries({ ...settings, executor, backend }).every(
    ([name, value]) => wordOf(value) === wordOf(saved[name]),
  );
  return isSame && checkpoint.dataset.sha256 === dataset.sha256 ? checkpoint : undefined;
}
