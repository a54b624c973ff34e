/** `train-mnist export`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { path } from "../options/parsers.js";
import type { ExportFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist export run.safetensors --onnx network.onnx
  train-mnist export run.safetensors --onnx network.onnx --raw-pixels
  train-mnist export run.safetensors --pytorch > network.py
  train-mnist export run.jsonl --tensorboard logs`,
  `A run is a network that --save has saved; for --tensorboard, events that --json has
printed will do.`,
);

/** Gives the command its flags and its action; `finish` is told the exit code. */
export function defineExport(command: Command, finish: (code: ExitCode) => void): void {
  command
    .argument("<run>", "a saved network, or a file of events", path)
    .option("--onnx <file>", "write the network as an ONNX model", path)
    .option("--raw-pixels", "of the model: take bytes from 0 to 255, not numbers from 0 to 1")
    .option("--input-name <name>", "of the model: what its input is called (default: images)")
    .option("--output-name <name>", "of the model: what its output is called (default: outputs)")
    .option(
      "--tensorboard <dir>",
      "write curves and weights for TensorBoard into this folder",
      path,
    )
    .option("--pytorch", "print a program in Python that loads the network into PyTorch")
    .addHelpText("before", INTRODUCTION)
    .action(async (file: string, flags: ExportFlags) => {
      finish(await (await import("./run.js")).exportRun(file, flags));
    });
}
