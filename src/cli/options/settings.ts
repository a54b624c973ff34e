/** The flags that make up the settings of a training run. */
import { type Command, Option } from "commander";
import { activationNames, costNames, initialisationNames } from "../../nn/names.js";
import {
  LR_STEP,
  optimiserNames,
  PLATEAU,
  scheduleNames,
  usualLearningRates,
} from "../../training/choices.js";
import type { Settings } from "../../training/index.js";
import {
  accuracy,
  dropoutRate,
  layerSizes,
  nonNegative,
  partOfOne,
  positive,
  whole,
} from "./parsers.js";

/** What `train-mnist` does where no flag says otherwise. */
export const defaults: SettingsFlags = {
  epochs: 20,
  schedule: "constant",
  warmup: 0,
  batchSize: 10,
  hidden: [100],
  activation: "sigmoid",
  cost: "cross-entropy",
  init: "default",
  optimizer: "sgd",
  lambda: 0,
  momentum: 0,
  dropout: 0,
  inputDropout: 0,
  seed: 1,
};

/** What the flags say: settings, but for the learning rate, whose default is the optimiser's. */
export type SettingsFlags = Omit<Settings, "learningRate"> &
  Partial<Pick<Settings, "learningRate">>;

/** Adds the flags to a command, each with its default. */
export function addSettings(command: Command): Command {
  const option = (flags: string, description: string) => new Option(flags, description);
  const options = [
    option("--epochs <n>", "times to go through the training images")
      .argParser(whole(1))
      .default(defaults.epochs),
    option(
      "--lr, --learning-rate <x>",
      `learning rate η (default: ${usualLearningRates.sgd}; ${usualLearningRates.adam} for adam)`,
    ).argParser(positive),
    option("--schedule <name>", "how η changes; plateau halves it, down to a 128th")
      .choices(scheduleNames)
      .default(defaults.schedule),
    option("--lr-end <x>", "η of the last epoch of the other schedules (default: η/100)").argParser(
      positive,
    ),
    option("--lr-step <n>", `epochs at each η of --schedule step (default: ${LR_STEP})`).argParser(
      whole(1),
    ),
    option("--warmup <n>", "epochs in which η grows to its value")
      .argParser(whole(0))
      .default(defaults.warmup),
    option(
      "--patience <n>",
      `epochs without better validation that end the run, or halve η on plateau (default there: ${PLATEAU})`,
    ).argParser(whole(1)),
    option(
      "--target-accuracy <x>",
      "end the run once validation reaches x, such as 0.98; else fail",
    ).argParser(accuracy),
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
    option("--init <name>", "first weights: N(0,1), N(0,1/n), N(0,2/n) for n inputs, U[-.05,.05]")
      .choices(initialisationNames)
      .default(defaults.init),
    option("--optimizer <name>", "gradient descent, Nesterov's, or Adam (β 0.9, 0.999, ε 1e-8)")
      .choices(optimiserNames)
      .default(defaults.optimizer),
    option("--momentum <x>", "momentum coefficient μ of sgd and nesterov")
      .argParser(partOfOne)
      .default(defaults.momentum),
    option("--lambda <x>", "L2 regularisation λ: the cost has λ/2n Σw², for every optimizer")
      .argParser(nonNegative)
      .default(defaults.lambda),
    option("--dropout <p>", "part of the hidden activations to leave out of each step, in 256ths")
      .argParser(dropoutRate)
      .default(defaults.dropout),
    option("--input-dropout <p>", "part of the pixels to leave out of each step, in 256ths")
      .argParser(dropoutRate)
      .default(defaults.inputDropout),
    option("--max-norm <c>", "largest norm of the weights that lead to one unit").argParser(
      positive,
    ),
    option("--seed <n>", "decides the first weights and all that is random")
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
