/** Where a command writes what it makes of runs, none of which may be a run. */

import { realpathSync, statSync } from "node:fs";
import { isSafetensors, TELLING_BYTES } from "../../checkpoints/safetensors.js";
import { readRegularStart } from "../../files/regular.js";
import { UsageError } from "../errors/kinds.js";
import { tryToWriteText } from "../write-text.js";

/**
 * Finds out before any work whether all files can be written, and that nothing is lost by it.
 *
 * @param runs the files that are read
 * @throws {UsageError} if one of them, or another saved run, would be replaced
 * @throws {DataError} if a file cannot be written
 */
export async function checkTargets(
  targets: readonly string[],
  runs: readonly string[],
): Promise<void> {
  const known = new Set(runs.map(realPath));
  for (const target of targets) {
    if (known.has(realPath(target))) {
      throw new UsageError(`${target} is one of the runs, which would be replaced`);
    }
    if (await isSavedRun(target)) {
      throw new UsageError(`${target} holds a saved network, which would be replaced`);
    }
    await tryToWriteText(target);
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

async function isSavedRun(path: string): Promise<boolean> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  return isSafetensors((await readRegularStart(path, TELLING_BYTES)).start);
}
