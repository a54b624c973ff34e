import { existsSync } from "node:fs";
import { type Checkpoint, type DatasetIdentity, readCheckpoint } from "../../checkpoints/index.js";
import { wordOf } from "../../recipes/words.js";
import type { Settings } from "../../training/index.js";

/**
 * The run that is saved in a file, as far as it has come: undefined if there is none, or another one than that
 * with these settings on these data. Throws a CheckpointError if the file cannot be read, or is damaged.
 */
export async function sameRunIn(
  file: string,
  settings: Partial<Settings>,
  { sha256 }: Pick<DatasetIdentity, "sha256">,
): Promise<Checkpoint | undefined> {
  if (!existsSync(file)) return undefined;
  const checkpoint = await readCheckpoint(file);
  const isSame = Object.entries(settings).every(
    ([name, value]) => wordOf(value) === wordOf(checkpoint.settings[name as keyof Settings]),
  );
  return isSame && checkpoint.dataset.sha256 === sha256 ? checkpoint : undefined;
}
