/** The flags that make up the settings of a training run. */
import type { Command } from "commander";
import { activationNames, costNames, initialisationNames } from "../../nn/names.js";
import {
  LR_STEP,
  optimiserNames,
  optimiserTraits,
  PLATEAU,
  scheduleNames,
} from "../../training/settings/choices.js";
import { ranges } from "../../training/settings/ranges.js";
import { defaults } from "../../training/settings/settings.js";
import { SettingOption } from "./option.js";
import { layerSizes, parserOf } from "./parsers.js";

/** Adds the flags to a command, each with its default. */
export function addSettings(command: Command): Command {
  const method = (flags: string, description: string) =>
    new SettingOption(flags, description, "method");
  const course = (flags: string, description: string) =>
    new SettingOption(flags, description, "course");
  const options = [
    course("--epochs <n>", "passes through the training images")
      .argParser(parserOf(ranges.epochs))
      .default(defaults.epochs),
    method(
      "--lr, --learning-rate <x>",
      `learning rate η (default: ${optimiserTraits.sgd.usualLearningRate}; ${optimiserTraits.adam.usualLearningRate} for adam and rmsprop)`,
    ).argParser(parserOf(ranges.learningRate)),
    method("--schedule <name>", "how η changes over the epochs; plateau halves it, down to η/128")
      .choices(scheduleNames)
      .default(defaults.schedule),
    method(
      "--lr-end <x>",
      "η of the last epoch, for step, exponential and cosine (default: η/100)",
    ).argParser(parserOf(ranges.lrEnd)),
    method("--lr-step <n>", `epochs at each η of --schedule step (default: ${LR_STEP})`).argParser(
      parserOf(ranges.lrStep),
    ),
    method("--warmup <n>", "epochs in which η rises to its full value")
      .argParser(parserOf(ranges.warmup))
      .default(defaults.warmup),
    course(
      "--patience <n>",
      `epochs without better validation that end the run, or halve η on plateau (default there: ${PLATEAU})`,
    ).argParser(parserOf(ranges.patience)),
    course(
      "--target-accuracy <x>",
      "end the run when validation accuracy reaches x, such as 0.98; else fail",
    ).argParser(parserOf(ranges.targetAccuracy, undefined, ", such as 0.98")),
    method("--batch-size <n>", "images in each step")
      .argParser(parserOf(ranges.batchSize))
      .default(defaults.batchSize),
    method("--hidden <sizes>", "sizes of the hidden layers: 30, or 512,512, or none")
      .argParser(layerSizes)
      .default(defaults.hidden, defaults.hidden.join(",")),
    method("--activation <name>", "activation of the hidden layers")
      .choices(activationNames)
      .default(defaults.activation),
    method("--cost <name>", "cost; quadratic and cross-entropy have sigmoid outputs")
      .choices(costNames)
      .default(defaults.cost),
    method(
      "--init <name>",
      "initial weights: N(0,1), N(0,1/n), N(0,2/n), U[-r,r] with r²=6/(n+m) for n inputs and m outputs, U[-.05,.05]",
    )
      .choices(initialisationNames)
      .default(defaults.init),
    method(
      "--optimizer <name>",
      "gradient descent, Nesterov's, Adam (β 0.9, 0.999, ε 1e-8), RMSprop (ρ 0.9, ε 1e-7)",
    )
      .choices(optimiserNames)
      .default(defaults.optimizer),
    method("--momentum <x>", "momentum coefficient μ of sgd and nesterov")
      .argParser(parserOf(ranges.momentum))
      .default(defaults.momentum),
    method("--lambda <x>", "L2 regularisation λ: the cost has λ/2n Σw², for every optimizer")
      .argParser(parserOf(ranges.lambda))
      .default(defaults.lambda),
    method("--l1 <x>", "L1 regularisation λ₁: the cost has λ₁/n Σ|w|, for every optimizer")
      .argParser(parserOf(ranges.l1))
      .default(defaults.l1),
    method("--dropout <p>", "fraction of the hidden activations to drop in each step, in 256ths")
      .argParser(parserOf(ranges.dropout))
      .default(defaults.dropout),
    method("--input-dropout <p>", "fraction of the pixels to drop in each step, in 256ths")
      .argParser(parserOf(ranges.inputDropout))
      .default(defaults.inputDropout),
    method("--max-norm <c>", "largest norm of the weights into one unit; try 3").argParser(
      parserOf(ranges.maxNorm),
    ),
    method(
      "--label-smoothing <x>",
      "part of each label to divide among all classes in training; try 0.1",
    )
      .argParser(parserOf(ranges.labelSmoothing))
      .default(defaults.labelSmoothing),
    method(
      "--adversarial <length>",
      "move each image by this length in the direction in which its cost grows fastest; try 0.5",
    )
      .argParser(parserOf(ranges.adversarial))
      .default(defaults.adversarial),
    method("--ema <decay>", "test and save a moving average of the weights; try 0.999")
      .argParser(parserOf(ranges.ema))
      .default(defaults.ema),
    course("--seed <n>", "seed of the initial weights and of all that is random")
      .argParser(parserOf(ranges.seed))
      .default(defaults.seed),
    course("--train-size <n>", "use the first n training images only").argParser(
      parserOf(ranges.trainSize),
    ),
    course(
      "--validation-size <n>",
      "images at the end of the training file for validation (default: a sixth; 10000 of MNIST)",
    ).argParser(parserOf(ranges.validationSize)),
  ];
  for (const each of options) command.addOption(each);
  return command;
}
