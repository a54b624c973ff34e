/** The flags that make up the settings of a training run. */
import { type Command, Option } from "commander";
import { activations, costs, initialisations } from "../nn/index.js";
import { SettingsError } from "../training/errors.js";
import type { Split } from "../training/index.js";
import { LR_STEP, PLATEAU } from "../training/schedule.js";
import { optimiserNames, type Settings, scheduleNames } from "../training/settings.js";
import { accuracy, layerSizes, nonNegative, partOfOne, positive, whole } from "./parsers.js";

/** What `train-mnist` does where no flag says otherwise. */
export const defaults: Settings = {
  epochs: 10,
  learningRate: 0.5,
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

/** The learning rate that Adam's paper suggests (algorithm 1). */
const ADAM_LEARNING_RATE = 0.001;

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
      `learning rate η (default: ${defaults.learningRate}; ${ADAM_LEARNING_RATE} for adam)`,
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
      .choices(Object.keys(activations))
      .default(defaults.activation),
    option("--cost <name>", "cost; quadratic and cross-entropy have sigmoid outputs")
      .choices(Object.keys(costs))
      .default(defaults.cost),
    option("--init <name>", "first weights: N(0,1), N(0,1/n), N(0,2/n) for n inputs, U[-.05,.05]")
      .choices(Object.keys(initialisations))
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
    option("--dropout <p>", "part of the hidden activations to leave out of each step")
      .argParser(partOfOne)
      .default(defaults.dropout),
    option("--input-dropout <p>", "part of the pixels to leave out of each step")
      .argParser(partOfOne)
      .default(defaults.inputDropout),
    option("--max-norm <c>", "largest norm of the weights that lead to one unit").argParser(
      positive,
    ),
    option("--seed <n>", "decides the first weights, every shuffling, and what is dropped")
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

/**
 * The settings that the flags say. Throws a {@link SettingsError} if flags that are possible on their
 * own are not together.
 */
export function settingsOf(flags: SettingsFlags): Settings {
  const { optimizer, momentum, schedule, warmup, epochs, lrEnd, lrStep } = flags;
  const refuse = (message: string) => {
    throw new SettingsError(message);
  };
  if (optimizer === "adam" && momentum > 0) {
    refuse("--momentum is for --optimizer sgd or nesterov: adam has momentum of its own");
  }
  if (optimizer === "nesterov" && momentum === 0) {
    refuse("--optimizer nesterov needs a --momentum above 0, such as 0.9");
  }
  if (lrEnd !== undefined && (schedule === "constant" || schedule === "plateau")) {
    refuse(`--lr-end is for --schedule step, exponential or cosine, not for ${schedule}`);
  }
  if (lrStep !== undefined && schedule !== "step") {
    refuse(`--lr-step is for --schedule step, not for ${schedule}`);
  }
  if (warmup >= epochs) {
    refuse(`--warmup ${warmup} should be less than the ${epochs} epochs of the run`);
  }
  const byDefault = optimizer === "adam" ? ADAM_LEARNING_RATE : defaults.learningRate;
  return { ...flags, learningRate: flags.learningRate ?? byDefault };
}

/** Throws a {@link SettingsError} if settings do not fit together on data split like this. */
export function checkCombination(settings: Settings, { trainSize, validationSize }: Split): void {
  const { learningRate, lambda, optimizer, targetAccuracy, patience, schedule } = settings;
  const decay = (learningRate * lambda) / trainSize;
  if (optimizer !== "adam" && decay >= 1) {
    throw new SettingsError(
      `--learning-rate ${learningRate} with --lambda ${lambda} on ${trainSize} images would take more than the whole of each weight away in every step: make one of them smaller`,
    );
  }
  const validating = [
    ["--target-accuracy", targetAccuracy !== undefined],
    ["--patience", patience !== undefined],
    ["--schedule plateau", schedule === "plateau"],
  ] as const;
  for (const [flag, isGiven] of validating) {
    if (!isGiven || validationSize > 0) continue;
    throw new SettingsError(
      `${flag} needs validation images, of which --validation-size 0 keeps none`,
    );
  }
}
