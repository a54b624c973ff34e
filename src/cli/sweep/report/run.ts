/** `train-mnist sweep report`: which settings of a sweep are best, as a table, and as a report with figures. */
import { pathToFileURL } from "node:url";
import { sweepDocument } from "../../../report/sweep/document.js";
import { settingFigures, sweepCurves } from "../../../report/sweep/figures.js";
import type { SweepSummary } from "../../../report/sweep/summary.js";
import { Sweep } from "../../../sweeps/folder/sweep.js";
import { openInBrowser } from "../../browser.js";
import { UsageError } from "../../errors/kinds.js";
import { type ExitCode, exitCodes } from "../../exit-codes.js";
import { fileOf, writeFigures } from "../../runs/figure-files.js";
import { checkTargets } from "../../runs/targets.js";
import { quoted } from "../../terminal/quoted.js";
import { writeLines } from "../../terminal/wrapped.js";
import { prepareFolder, writeText } from "../../write-text.js";
import { leftAside } from "../left-aside.js";
import { expectFlags } from "../running/planned-flags.js";
import { curvesOfBest } from "./curves.js";
import { summaryOf } from "./summary.js";
import { countsText, summaryCsv, summaryJson, summaryText } from "./text.js";

export interface SweepReportFlags {
  readonly test?: boolean;
  readonly csv?: true | string;
  readonly json?: boolean;
  readonly html?: string;
  readonly svg?: string;
  readonly open?: boolean;
}

/** Resolves to the exit code; throws a SweepError, a DataError or a UsageError. */
export async function sweepReport(directory: string, flags: SweepReportFlags): Promise<ExitCode> {
  const { test = false, csv, json, html, svg, open } = flags;
  if (open && html === undefined) throw new UsageError("--open shows the file of --html: say both");
  const sweep = await Sweep.open(directory, expectFlags);
  const files = [html, csv].filter((file) => typeof file === "string");
  await checkTargets(files, sweep.files);
  if (svg !== undefined) await prepareFolder(svg);
  const summary = await summaryOf(sweep, test);
  if (html !== undefined || svg !== undefined) await writeReport(sweep, summary, flags);
  const { stdout } = process;
  if (typeof csv === "string") await writeText(csv, `${[...summaryCsv(summary)].join("\n")}\n`);
  if (csv === true) for (const line of summaryCsv(summary)) stdout.write(`${line}\n`);
  else if (json) stdout.write(`${JSON.stringify(summaryJson(summary))}\n`);
  else {
    for (const line of summaryText(summary, stdout, process.env)) stdout.write(`${line}\n`);
    const aside = await leftAside(sweep);
    if (aside !== undefined) writeLines(stdout, "", aside);
  }
  if (open) await openInBrowser(pathToFileURL(html as string));
  return exitCodes.success;
}

async function writeReport(
  sweep: Sweep,
  summary: SweepSummary,
  { test, html, svg }: SweepReportFlags,
): Promise<void> {
  const best = await curvesOfBest(sweep, summary);
  if (svg !== undefined) {
    const figures = [...settingFigures(summary), ...sweepCurves(summary, best)];
    await checkTargets(
      figures.map((figure) => fileOf(svg, figure)),
      sweep.files,
    );
    await writeFigures(svg, figures);
  }
  if (html === undefined) return;
  const given = { html, svg };
  const words = Object.entries(given).flatMap(([name, value]) => {
    return value === undefined ? [] : [`--${name}`, quoted(value)];
  });
  const all = [quoted(sweep.directory), ...(test ? ["--test"] : []), ...words];
  const command = ["train-mnist sweep report", ...all].join(" ");
  await writeText(html, sweepDocument(summary, best, { counts: countsText(summary), command }));
}
