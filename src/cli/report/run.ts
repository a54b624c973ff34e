/** `train-mnist report`: runs as curves, tables and figures, in one HTML file. */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { flagOf } from "../../recipes/words.js";
import { figuresOf, reportDocument } from "../../report/index.js";
import { openInBrowser } from "../browser.js";
import { chooseExecutor } from "../choose-executor.js";
import { type DataFlags, expectFetching } from "../dataset/load.js";
import { UsageError } from "../errors/kinds.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../interruption.js";
import type { ExecutorFlags } from "../options/executor.js";
import { fileOf, writeFigures } from "../runs/figure-files.js";
import { type FoundRun, readRuns } from "../runs/read.js";
import { checkTargets } from "../runs/targets.js";
import { quoted } from "../terminal/quoted.js";
import { visible } from "../terminal/visible.js";
import { prepareFolder, writeText } from "../write-text.js";
import { tested } from "./tested.js";

export interface ReportFlags extends DataFlags, ExecutorFlags {
  readonly out: string;
  readonly svg?: string;
  readonly open?: boolean;
}

/**
 * Resolves to the exit code; throws a CheckpointError, a DataError or a UsageError.
 *
 * @param typed the flags that the user has given
 */
export function report(
  files: readonly string[],
  flags: ReportFlags,
  typed: readonly string[],
): Promise<ExitCode> {
  return untilInterrupted((signal) => reportUntil(signal, files, flags, typed));
}

async function reportUntil(
  signal: AbortSignal,
  files: readonly string[],
  flags: ReportFlags,
  typed: readonly string[],
): Promise<ExitCode> {
  const { out, svg } = flags;
  expectFetching(flags);
  const executor = chooseExecutor(flags, process.env);
  const found = await readRuns(files);
  expectTested(found, typed);
  await checkTargets([out], files);
  if (svg !== undefined) await prepareFolder(svg);
  const runs = await tested(found, flags, executor, signal);
  if (signal.aborted) return exitCodeOf(signal);
  const figures = svg === undefined ? [] : figuresOf(runs);
  await checkTargets(
    figures.map((figure) => fileOf(svg as string, figure)),
    files,
  );
  for (const { name, remarks } of runs) {
    for (const remark of remarks) process.stderr.write(`${visible(`${name}: ${remark}`)}\n`);
  }
  const command = commandText(files, flags);
  const script = await readFile(new URL("../../report/script.js", import.meta.url), "utf8");
  await writeText(out, reportDocument(runs, { command, script }));
  if (svg !== undefined) await writeFigures(svg, figures);
  process.stdout.write(`${visible(out)}\n`);
  if (flags.open) await openInBrowser(pathToFileURL(out));
  return exitCodes.success;
}

const NEEDS_NETWORK: readonly string[] = [
  ...["dataset", "dataDir", "cacheDir", "mirror"],
  ...["executor", "threads", "simd", "backend"],
];

/** Throws a {@link UsageError} if a flag says how to test networks, and there are none. */
function expectTested(found: readonly FoundRun[], typed: readonly string[]): void {
  const idle = typed.find((name) => NEEDS_NETWORK.includes(name));
  if (idle === undefined || found.some(({ checkpoint }) => checkpoint !== undefined)) return;
  throw new UsageError(
    `${flagOf(idle)} has no effect: with events alone, there is no network to test`,
  );
}

/** The command that makes the same report once more. */
function commandText(files: readonly string[], { out, svg, ...data }: ReportFlags): string {
  const given = { dataset: data.dataset, "data-dir": data.dataDir, out, svg };
  const flags = Object.entries(given).flatMap(([name, value]) => {
    return value === undefined ? [] : [`--${name}`, quoted(value)];
  });
  return ["train-mnist report", ...files.map(quoted), ...flags].join(" ");
}
