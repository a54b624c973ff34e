/** Where a command writes what it makes of runs, none of which may be a run. */

import { realpathSync, statSync } from "node:fs";
import { isSafetensors, TELLING_BYTES } from "../../checkpoints/safetensors.js";
import { counted } from "../../counted.js";
import { DataError } from "../../data/errors.js";
import { attemptToRead } from "../../files/attempt.js";
import { readRegularStart } from "../../files/regular.js";
import { UsageError } from "../errors/kinds.js";
import { visible } from "../terminal/visible.js";
import { writeLines } from "../terminal/wrapped.js";
import { tryToWriteText } from "../write-text.js";

/**
 * Finds out before any work whether all files can be written, and that no run is lost by it. Of other files that
 * are to be replaced it is said.
 *
 * @param runs the files that are read
 * @throws {UsageError} if one of them, or another run, would be replaced
 * @throws {DataError} if a file cannot be written, or what it holds cannot be read
 */
export async function checkTargets(
  targets: readonly string[],
  runs: readonly string[],
): Promise<void> {
  const known = new Set(runs.map(realPath));
  for (const target of targets) {
    if (known.has(realPath(target))) {
      throw new UsageError(
        `${target} is one of the runs, which would be replaced: name another file`,
      );
    }
    await tryToWriteText(target);
    await expectNoRun(target);
  }
  tellReplaced(targets);
}

/** Says on stderr which of the files are there, and have something in them. */
export function tellReplaced(targets: readonly string[]): void {
  const there = targets.filter((target) => statSync(target, { throwIfNoEntry: false })?.size);
  const [first] = there;
  if (first === undefined) return;
  const others = there.length === 1 ? "" : ` and ${counted(there.length - 1, "more file")}`;
  writeLines(process.stderr, visible(`replacing ${first}${others}`));
}

/**
 * Throws a {@link UsageError} if a file that can be written holds a saved network, or what a run has reported; a
 * {@link DataError} if it cannot be read.
 */
export async function expectNoRun(target: string): Promise<void> {
  if (!statSync(target, { throwIfNoEntry: false })?.isFile()) return;
  const { start } = await attemptToRead(
    () => readRegularStart(target, Math.max(TELLING_BYTES, EVENT.length)),
    (reason, options) =>
      new DataError(`Cannot write ${target}: what it holds cannot be read: ${reason}.`, options),
  );
  const isEvents = Buffer.from(start).subarray(0, EVENT.length).equals(EVENT);
  if (!isEvents && !isSafetensors(start)) return;
  const what = isEvents ? "the events of a run" : "a saved network";
  throw new UsageError(`${target} holds ${what}, which would be replaced: name another file`);
}

/** What each line of --json begins with. */
const EVENT = Buffer.from('{"event":');

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
