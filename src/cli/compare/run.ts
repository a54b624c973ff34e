/** `train-mnist compare`: runs side by side, those that differ in their seeds alone taken together. */
import { UsageError } from "../errors/kinds.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { readRuns } from "../runs/read.js";
import { comparisonOf } from "./comparison.js";
import { comparisonCsv, comparisonJson, comparisonText } from "./text.js";

export interface CompareFlags {
  readonly csv?: boolean;
  readonly json?: boolean;
}

/** Resolves to the exit code; throws a CheckpointError, a DataError or a UsageError. */
export async function compare(
  files: readonly string[],
  { csv, json }: CompareFlags,
): Promise<ExitCode> {
  if (csv && json) throw new UsageError("--csv and --json exclude each other: choose one");
  const { stdout } = process;
  const runs = (await readRuns(files)).map(({ run }) => run);
  const comparison = comparisonOf(runs);
  if (json) stdout.write(`${JSON.stringify(comparisonJson(comparison))}\n`);
  else {
    const lines = csv ? comparisonCsv(runs) : comparisonText(comparison, stdout, process.env);
    for (const line of lines) stdout.write(`${line}\n`);
  }
  return exitCodes.success;
}
