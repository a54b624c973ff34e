/** Where a report and its figures are written, none of which may be a run. */
import { realpathSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors/kinds.js";
import { tryToWriteText } from "../write-text.js";

/**
 * Finds out before any work whether all files can be written, and that nothing is lost by it.
 *
 * @param runs the files that the report is of
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
      throw new UsageError(`${target} is one of the runs, which the report would replace`);
    }
    if (await isSavedRun(target)) {
      throw new UsageError(`${target} holds a saved network, which the report would replace`);
    }
    await tryToWriteText(target);
  }
}

/** The files of figures in a folder. */
export function filesOfFigures(folder: string, figures: readonly { file: string }[]): string[] {
  return figures.map(({ file }) => join(folder, `${file}.svg`));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Whether a file begins like safetensors: with the length of a header, and the header's brace. */
async function isSavedRun(path: string): Promise<boolean> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(9), 0, 9, 0);
    return bytesRead === 9 && buffer.readUInt32LE(4) === 0 && buffer[8] === "{".charCodeAt(0);
  } finally {
    await file.close();
  }
}
