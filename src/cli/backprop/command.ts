/** `train-mnist backprop`: its flags. What it does is only loaded when it is to be done. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { activationNames, costNames } from "../../nn/names.js";
import { expectNoWord } from "../errors/unexpected-word.js";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { addDataOptions } from "../options/data.js";
import { layerSizes, path, seed, whole } from "../options/parsers.js";
import { typedFlags } from "../options/typed.js";
import type { Flags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist backprop                          for a digit, [784,30,10]
  train-mnist backprop --layers 2,3,2 --values  small enough to check it all
  train-mnist backprop --activation tanh --cost softmax --hidden 30,30
  train-mnist backprop --format markdown > backpropagation.md
  train-mnist backprop --layers 2,2 --graph graph.svg`,
);

export function defineBackprop(command: Command, finish: (code: ExitCode) => void): void {
  command
    .addHelpText("before", INTRODUCTION)
    .addOption(
      new Option("--hidden <sizes>", "sizes of the hidden layers: 30, or 30,30, or none")
        .argParser(layerSizes)
        .default([30], "30"),
    )
    .addOption(
      new Option("--activation <name>", "activation of the hidden layers")
        .choices(activationNames)
        .default("sigmoid"),
    )
    .addOption(
      new Option("--cost <name>", "cost; quadratic and cross-entropy have sigmoid outputs")
        .choices(costNames)
        .default("quadratic"),
    )
    .addOption(new Option("--seed <n>", "decides the weights").argParser(seed).default(1))
    .addOption(
      new Option("--layers <sizes>", "instead of a digit, a short input: all sizes, as 2,3,2")
        .argParser(allSizes)
        .conflicts(["hidden", "digit", "dataDir", "dataset", "cacheDir"]),
    )
    .addOption(
      new Option("--digit <n>", "this training image, counted from 0")
        .argParser(whole(0))
        .default(0),
    );
  addDataOptions(command, "a data set in the cache, or generated; never downloaded")
    .option("--values", "show the value of every node, large ones in summary")
    .addOption(
      new Option("--format <name>", "text, or a document with LaTeX formulas")
        .choices(["text", "markdown"])
        .default("text"),
    )
    .addOption(new Option("--json", "print all of it as one JSON object").conflicts("format"))
    .option("--graph <file>", "write the graph: .svg, .dot or .mmd (Mermaid)", path)
    .allowExcessArguments()
    .action(async (flags: Flags) => {
      expectNoWord(command);
      finish(await (await import("./run.js")).backprop(flags, typedFlags(command)));
    });
}

/** The sizes of all layers, the input's among them. */
function allSizes(word: string): readonly number[] {
  const sizes = word.split(",").every((part) => /^\d+$/.test(part)) ? layerSizes(word) : [];
  if (sizes.length >= 2) return sizes;
  throw new InvalidArgumentError("Expected the sizes of at least two layers, such as 2,3,2.");
}
