/** `train-mnist compare`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { paths } from "../options/parsers.js";
import type { CompareFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist compare a.safetensors b.safetensors
  train-mnist compare seed-*.jsonl other-*.jsonl
  train-mnist compare *.jsonl --csv > runs.csv`,
  `A run is a network that --save has saved, or the events that --json has printed. Runs
that differ in their seeds alone make one row: mean ± standard deviation of the test
accuracy at the last epoch. With two seeds or more in both rows, the last column has
Student's 95% interval of the difference from the first row.`,
);

/** Gives the command its flags and its action; `finish` is told the exit code. */
export function defineCompare(command: Command, finish: (code: ExitCode) => void): void {
  command
    .argument("<run...>", "saved networks, or files of events", paths)
    .option("--csv", "print comma-separated values instead, a line for each run")
    .option("--json", "print one JSON object instead of text")
    .addHelpText("before", INTRODUCTION)
    .action(async (files: readonly string[], flags: CompareFlags) => {
      finish(await (await import("./run.js")).compare(files, flags));
    });
}
