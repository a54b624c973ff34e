/** Events for TensorBoard replace those of the same run, but not those of another. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EVENTS_FILE, epochSummary, type KnownEpoch, tells } from "../../export/index.js";
import { UsageError } from "../errors/kinds.js";

/**
 * Throws a {@link UsageError} if the folder has events, and nothing in them is of a run with these epochs. Without
 * epochs it is not known what they are of.
 */
export function expectOwnEvents(folder: string, epochs: readonly KnownEpoch[]): void {
  const file = join(folder, EVENTS_FILE);
  const events = ifReadable(file);
  if (events === undefined) return;
  if (epochs.some((epoch) => tells(events, epochSummary(epoch, 0)))) return;
  throw new UsageError(
    `${folder} has the events of a run: give --tensorboard another folder, or remove ${file}`,
  );
}

/** Whatever else is there is for those to complain about who write. */
function ifReadable(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
