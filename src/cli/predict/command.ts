/** `train-mnist predict`: its flags. What it does is only loaded when it is to be done. */
import { type Command, Option } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { addExecutorOptions } from "../options/executor.js";
import { addNetworkOptions } from "../options/network.js";
import { paths, whole } from "../options/parsers.js";
import type { PredictFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist predict run.safetensors seven.png
  train-mnist predict run.safetensors *.jpg --brief
  train-mnist predict run.safetensors t10k-images-idx3-ubyte.gz --index 7 --show
  train-mnist predict 1.safetensors 2.safetensors seven.png
  scan-digit | train-mnist predict run.safetensors -`,
  `Networks and images are told apart by the contents of the files. The outputs of
several networks are averaged. The image - is read from the standard input.`,
  `A PNG or JPEG picture of one digit is prepared as MNIST's digits were: ink of any
colour on paper of another, fitted into 20×20 pixels and centred by its mass in 28×28;
--show draws the result. The images of an IDX file are taken as they are.`,
  `The outputs of a network with the cost softmax add up to 1. Those of sigmoid units,
with the other costs, say of each class on its own how well it fits, and need not.`,
);

/** Gives the command its flags and its action; `finish` is told the exit code. */
export function definePredict(command: Command, finish: (code: ExitCode) => void): void {
  command
    .argument(
      "<file...>",
      "saved networks; PNG or JPEG pictures, or IDX files of images, or -",
      paths,
    )
    .option("--index <n>", "only this image of each file, counted from 0", whole(0))
    .option("--show", "draw each image as the network sees it")
    .addOption(new Option("--brief", "print one line per image").conflicts(["show", "json"]))
    .addOption(
      new Option("--json", "print one JSON object per image instead of text").conflicts("show"),
    )
    .addHelpText("before", INTRODUCTION);
  addExecutorOptions(addNetworkOptions(command), "128").action(
    async (files: readonly string[], flags: PredictFlags) => {
      finish(await (await import("./run.js")).predict(files, flags));
    },
  );
}
