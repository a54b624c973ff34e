/** Runs as files of events for TensorBoard, each in a folder of its own if there are several. */
import { join } from "node:path";
import { EVENTS_FILE, recordsOfEpochs, summaryRecord, weightsSummary } from "../../export/index.js";
import { numbered } from "../runs/names.js";
import { expectOwnEvents } from "../runs/own-events.js";
import type { FoundRun } from "../runs/read.js";
import { prepareFolder, writeBytes } from "../write-text.js";

/**
 * Resolves to the files, which are replaced if they are there. Throws a UsageError if one has the events of another
 * run, and a DataError if one cannot be written.
 */
export async function writeTensorboard(
  folder: string,
  runs: readonly FoundRun[],
): Promise<string[]> {
  const files: string[] = [];
  // No name is a path, nor the folder itself or the one above.
  const names = numbered(runs.map(({ run }) => run.name.replace(/[/\\:]|^\.+$/g, "-")));
  for (const [k, found] of runs.entries()) {
    const own = runs.length === 1 ? folder : join(folder, names[k]!);
    await prepareFolder(own);
    expectOwnEvents(own, found.run.epochs);
    const file = join(own, EVENTS_FILE);
    await writeBytes(file, ...recordsOf(found));
    files.push(file);
  }
  return files;
}

function recordsOf({ run, checkpoint }: FoundRun): Uint8Array[] {
  const { records, time } = recordsOfEpochs(run.epochs, run.machine.date);
  const weights = checkpoint && weightsSummary(checkpoint.layers[0]!.w, run.epochs.length, time);
  return weights === undefined ? records : [...records, summaryRecord(weights)];
}
