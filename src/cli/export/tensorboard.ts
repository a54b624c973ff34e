/** Runs as files of events for TensorBoard, each in a folder of its own if there are several. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../data/errors.js";
import { epochSummary, firstRecord, summaryRecord, weightsSummary } from "../../export/index.js";
import { systemReason } from "../../files/reason.js";
import type { FoundRun } from "../runs/read.js";
import { writeBytes } from "../write-text.js";

/** TensorBoard reads files with `tfevents` in their names. */
export const EVENTS_FILE = "events.out.tfevents.train-mnist";

/** Resolves to the files, which are replaced if they are there. Throws a DataError if one cannot be written. */
export async function writeTensorboard(
  folder: string,
  runs: readonly FoundRun[],
): Promise<string[]> {
  const files: string[] = [];
  for (const found of runs) {
    const own = runs.length === 1 ? folder : join(folder, found.run.name.replace(/[/\\:]/g, "-"));
    try {
      await mkdir(own, { recursive: true });
    } catch (error) {
      throw new DataError(`Cannot make the folder ${own}: ${systemReason(error)}.`, {
        cause: error,
      });
    }
    const file = join(own, EVENTS_FILE);
    await writeBytes(file, ...recordsOf(found));
    files.push(file);
  }
  return files;
}

/** Epochs follow each other in time as they did in training, from when the run or its resumption began. */
function recordsOf({ run, checkpoint }: FoundRun): Uint8Array[] {
  const begin = Date.parse(run.machine.date ?? "") / 1000 || 0;
  let time = begin;
  const records = [firstRecord(begin)];
  for (const epoch of run.epochs) {
    time += epoch.seconds ?? 0;
    records.push(summaryRecord(epochSummary(epoch, time)));
  }
  const weights = checkpoint && weightsSummary(checkpoint.layers[0]!.w, run.epochs.length, time);
  if (weights !== undefined) records.push(summaryRecord(weights));
  return records;
}
