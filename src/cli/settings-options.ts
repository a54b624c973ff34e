/** The flags that make up the settings of a training run. */
import { type Command, Option } from "commander";
import { activationNames, costNames, initialisationNames } from "../nn/names.js";
import type { Settings } from "../training/index.js";
import { layerSizes, nonNegative, partOfOne, positive, whole } from "./parsers.js";

/** What `train-mnist` does where no flag says otherwise. */
export const defaults: Settings = {
  epochs: 10,
  learningRate: 0.5,
  batchSize: 10,
  hidden: [100],
  activation: "sigmoid",
  cost: "cross-entropy",
  init: "default",
  lambda: 0,
  momentum: 0,
  seed: 1,
};

/** Adds the flags to a command, each with its default. */
export function addSettings(command: Command): Command {
  const option = (flags: string, description: string) => new Option(flags, description);
  const options = [
    option("--epochs <n>", "times to go through the training images")
      .argParser(whole(1))
      .default(defaults.epochs),
    option("--lr, --learning-rate <x>", "learning rate η")
      .argParser(positive)
      .default(defaults.learningRate),
    option("--batch-size <n>", "images whose mean gradient makes a step")
      .argParser(whole(1))
      .default(defaults.batchSize),
    option("--hidden <sizes>", "sizes of the hidden layers: 30, or 512,512, or none")
      .argParser(layerSizes)
      .default(defaults.hidden, defaults.hidden.join(",")),
    option("--activation <name>", "activation of the hidden layers")
      .choices(activationNames)
      .default(defaults.activation),
    option("--cost <name>", "cost; quadratic and cross-entropy have sigmoid outputs")
      .choices(costNames)
      .default(defaults.cost),
    option("--init <name>", "first weights: N(0,1), N(0,1/n) or N(0,2/n) for n inputs")
      .choices(initialisationNames)
      .default(defaults.init),
    option("--lambda <x>", "L2 regularisation λ: weights decay by ηλ/n a step")
      .argParser(nonNegative)
      .default(defaults.lambda),
    option("--momentum <x>", "momentum coefficient μ")
      .argParser(partOfOne)
      .default(defaults.momentum),
    option("--seed <n>", "decides the first weights, shufflings and deformations")
      .argParser(whole(0, 2 ** 32 - 1))
      .default(defaults.seed),
    option("--train-size <n>", "use the first n training images only").argParser(whole(1)),
    option(
      "--validation-size <n>",
      "images at the end of the training file for validation (default: a sixth; 10000 of MNIST)",
    ).argParser(whole(0)),
  ];
  for (const each of options) command.addOption(each);
  return command;
}
