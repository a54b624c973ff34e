/** Recording what happens in a run of a sweep: in its file of events each epoch comes once. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { attemptToWrite } from "../../../files/attempt.js";
import { SweepError } from "../../../sweeps/errors.js";
import type { Result } from "../../../sweeps/folder/results.js";
import type { EpochReport } from "../../../training/index.js";
import { jsonReporter } from "../../train/reporting/json-reporter.js";
import type { Reporter } from "../../train/reporting/reporter.js";
import { eventFile } from "../run-events.js";

export interface Recorder {
  readonly reporter: Reporter;
  /** What the run has come to; undefined before its end. */
  readonly result: Omit<Result, "sha256"> | undefined;
  close(): void;
}

/**
 * Writes the file anew, with the epochs that a resumed run has behind it. The file is another one from
 * then on: what somebody else who trains the same run may still write is not in it.
 *
 * @param before the epochs of the checkpoint that the run goes on from
 */
export function recorder(folder: string, before: readonly EpochReport[]): Recorder {
  const file = eventFile(folder);
  const part = join(folder, `.${basename(file)}.${process.pid}.part`);
  const reports = [...before];
  let descriptor: number | undefined;
  let result: Recorder["result"];
  const orFail = (action: () => void) =>
    attemptToWrite(
      action,
      (reason, options) => new SweepError(`Cannot write ${file}: ${reason}.`, options),
    );
  const lines = jsonReporter({
    write(text) {
      orFail(() => writeSync(descriptor as number, text));
    },
  });
  const close = () => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  const reporter: Reporter = {
    ...lines,
    start({ resumed: _, ...start }) {
      orFail(() => {
        descriptor = openSync(part, "w");
      });
      try {
        lines.start(start);
        for (const report of before) lines.epoch(report);
        orFail(() => renameSync(part, file));
      } catch (error) {
        close();
        rmSync(part, { force: true });
        throw error;
      }
    },
    epoch(report) {
      reports.push(report);
      return lines.epoch(report);
    },
    end({ saved: _, savedBest: __, savedBestEpoch: ___, ...end }) {
      const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
      lines.end({ ...end, seconds });
      orFail(() => fsyncSync(descriptor as number));
      const { reason, epochs, bestEpoch, testAccuracy, weightsSha256 } = end;
      result = {
        ...{ reason, epochs },
        validationAccuracy: reports.at(-1)?.validationAccuracy ?? null,
        testAccuracy,
        bestEpoch,
        bestValidationAccuracy: end.bestValidationAccuracy ?? null,
        bestTestAccuracy: end.bestTestAccuracy ?? null,
        ...{ seconds, weightsSha256 },
      };
    },
    // What the run was stopped by is no part of it: it goes on.
    interrupted() {},
  };
  return {
    reporter,
    get result() {
      return result;
    },
    close,
  };
}
