/** `train-mnist evaluate`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { addDataOptions, addMirrorOption } from "../options/data.js";
import { addExecutorOptions } from "../options/executor.js";
import { path, whole } from "../options/parsers.js";
import type { EvaluateFlags } from "./run.js";

const EXAMPLES = `Examples:
  train-mnist evaluate run.safetensors
  train-mnist evaluate run.safetensors --mistakes 12
  train-mnist evaluate run.safetensors --data-dir other-digits --json
`;

/** Gives the command its flags and its action; `finish` is told the exit code. */
export function defineEvaluate(command: Command, finish: (code: ExitCode) => void): void {
  command
    .argument("<file>", "a network that train-mnist --save has saved", path)
    .addHelpText("before", EXAMPLES);
  addDataOptions(command, "whose test images; those it was trained with unless given");
  addMirrorOption(command)
    .option("--mistakes <n>", "draw the n most confident mistakes", whole(0, 1000), 4)
    .option("--json", "print one JSON object instead of text");
  addExecutorOptions(command, "128").action(async (file: string, flags: EvaluateFlags) => {
    finish(await (await import("./run.js")).evaluate(file, flags));
  });
}
