/** Runs as files of events for TensorBoard, each in a folder of its own if there are several. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../data/errors.js";
import { EVENTS_FILE, recordsOfEpochs, summaryRecord, weightsSummary } from "../../export/index.js";
import { systemReason } from "../../files/reason.js";
import type { FoundRun } from "../runs/read.js";
import { writeBytes } from "../write-text.js";

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

function recordsOf({ run, checkpoint }: FoundRun): Uint8Array[] {
  const { records, time } = recordsOfEpochs(run.epochs, run.machine.date);
  const weights = checkpoint && weightsSummary(checkpoint.layers[0]!.w, run.epochs.length, time);
  return weights === undefined ? records : [...records, summaryRecord(weights)];
}
