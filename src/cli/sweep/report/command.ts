/** `train-mnist sweep report`: its flags. */
import { type Command, Option } from "commander";
import type { ExitCode } from "../../exit-codes.js";
import { path } from "../../options/parsers.js";
import type { SweepReportFlags } from "./run.js";

export function defineSweepReport(sweep: Command, finish: (code: ExitCode) => void): void {
  sweep
    .command("report")
    .description("compare the settings of a sweep, the best on validation first")
    .argument("<dir>", "the folder of the sweep", path)
    .option("--test", "show test accuracies of all settings, not only of the chosen ones")
    .option("--csv [file]", "a line for each run, for spreadsheets, instead of the table", path)
    .addOption(new Option("--json", "print one JSON object instead of the table").conflicts("csv"))
    .option("--html <file>", "write a report with curves and plots as well", path)
    .option("--svg <dir>", "write each figure of that into this folder as well", path)
    .option("--open", "show the report in a browser (with --html)")
    .action(async (directory: string, flags: SweepReportFlags) => {
      finish(await (await import("./run.js")).sweepReport(directory, flags));
    });
}
