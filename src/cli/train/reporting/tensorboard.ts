/** A run that is written for TensorBoard while it is trained. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import {
  EVENTS_FILE,
  epochSummary,
  recordsOfEpochs,
  summaryRecord,
  weightsSummary,
} from "../../../export/index.js";
import { systemReason } from "../../../files/reason.js";
import type { EpochReport, Progress, Trainer } from "../../../training/index.js";
import { UsageError } from "../../errors/kinds.js";
import { expectOwnEvents } from "../../runs/own-events.js";
import { visible } from "../../terminal/visible.js";
import { prepareFolder, writeBytes } from "../../write-text.js";
import type { TrainFlags } from "../options.js";
import type { Reporter } from "./reporter.js";

/**
 * Throws a UsageError if the folder has the events of another run, which would be lost. Those of a run that is resumed
 * are written anew.
 */
export function expectNewEvents(
  folder: string,
  { dryRun }: TrainFlags,
  before: readonly EpochReport[],
): void {
  if (dryRun) {
    throw new UsageError("--dry-run trains nothing that --tensorboard could write: leave one out");
  }
  expectOwnEvents(folder, before);
}

/**
 * Begins the file anew, with the epochs of the run before if it is resumed, so that none is there twice.
 * Throws a {@link DataError} if it cannot be written. If it can no longer be written later, the run goes on.
 *
 * @param date when the run began: ISO 8601
 */
export async function tensorboardReporter(
  folder: string,
  trainer: Trainer,
  { reports }: Progress,
  date: string,
): Promise<Pick<Reporter, "epoch">> {
  const file = join(folder, EVENTS_FILE);
  await prepareFolder(folder);
  await writeBytes(file, ...recordsOfEpochs(reports, date).records);
  let isWritable = true;
  const append = async (records: readonly Uint8Array[]) => {
    if (!isWritable) return;
    try {
      await appendFile(file, Buffer.concat(records));
    } catch (error) {
      isWritable = false;
      const reason = systemReason(error);
      process.stderr.write(
        `${visible(file)} can no longer be written, and the run goes on: ${reason}\n`,
      );
    }
  };
  return {
    epoch(report) {
      const time = Date.now() / 1000;
      const { w } = trainer.network().layers[0]!;
      const weights = weightsSummary(w, report.epoch, time);
      const summaries = [epochSummary(report, time), ...(weights ? [weights] : [])];
      return append(summaries.map(summaryRecord));
    },
  };
}
