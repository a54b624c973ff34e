/** `train-mnist evaluate`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { addDataOptions, addMirrorOption } from "../options/data.js";
import { addExecutorOptions } from "../options/executor.js";
import { addNetworkOptions } from "../options/network.js";
import { paths, whole } from "../options/parsers.js";
import type { EvaluateFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist evaluate run.safetensors
  train-mnist evaluate run.safetensors --mistakes 12
  train-mnist evaluate run.safetensors --data-dir other-digits --json
  train-mnist evaluate 1.safetensors 2.safetensors 3.safetensors
  train-mnist evaluate torch.safetensors --activation relu --cost softmax`,
  `Of several networks, the outputs are averaged: they are a committee. A file that another
program has saved, as PyTorch does, has weights alone; flags say the rest.`,
);

/** Gives the command its flags and its action; `finish` is told the exit code. */
export function defineEvaluate(command: Command, finish: (code: ExitCode) => void): void {
  command
    .argument("<file...>", "networks that train-mnist --save or PyTorch has saved", paths)
    .addHelpText("before", INTRODUCTION);
  addDataOptions(
    addNetworkOptions(command),
    "the data set to test on (default: the one it was trained with)",
  );
  addMirrorOption(command)
    .option("--mistakes <n>", "draw the n most confident mistakes", whole(0, 1000), 4)
    .option("--json", "print one JSON object instead of text");
  addExecutorOptions(command, "128").action(
    async (files: readonly string[], flags: EvaluateFlags) => {
      finish(await (await import("./run.js")).evaluate(files, flags));
    },
  );
}
