/** `train-mnist show`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { path } from "../options/parsers.js";
import type { ShowFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist show run.safetensors
  train-mnist show run.safetensors --json`,
);

/** Gives the command its flags and its action; `finish` is told the exit code. */
export function defineShow(command: Command, finish: (code: ExitCode) => void): void {
  command
    .argument("<file>", "a run that train-mnist --save has saved", path)
    .option("--json", "print one JSON object instead of text")
    .addHelpText("before", INTRODUCTION)
    .action(async (file: string, flags: ShowFlags) => {
      finish(await (await import("./run.js")).show(file, flags));
    });
}
