/** `train-mnist report`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { addDataOptions, addMirrorOption } from "../options/data.js";
import { addExecutorOptions } from "../options/executor.js";
import { path, paths } from "../options/parsers.js";
import { typedFlags } from "../options/typed.js";
import type { ReportFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist report run.safetensors --open
  train-mnist report a.safetensors b.safetensors --out both.html --svg figures
  train-mnist --json > run.jsonl && train-mnist report run.jsonl`,
  `A run is a network that --save has saved, or the events that --json has printed. The
report is one HTML file that needs no network. For a saved network it has the test
images that are read wrongly, and a field to draw digits in.`,
);

/** Gives the command its flags and its action; `finish` is told the exit code. */
export function defineReport(command: Command, finish: (code: ExitCode) => void): void {
  command
    .argument("<run...>", "saved networks, or files of events", paths)
    .option("--out <file>", "the file to write", path, "report.html")
    .option("--svg <dir>", "write each figure into this folder as well", path)
    .option("--open", "show the report in a browser")
    .addHelpText("before", INTRODUCTION);
  addDataOptions(command, "the data set to test on (default: that of the runs)");
  addMirrorOption(command);
  addExecutorOptions(command, "128").action(
    async (files: readonly string[], flags: ReportFlags) => {
      finish(await (await import("./run.js")).report(files, flags, typedFlags(command)));
    },
  );
}
