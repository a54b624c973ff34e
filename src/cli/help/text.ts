/** The help text: examples first, then all that can be said to the command. */
import type { Command, Help } from "commander";
import { HELP_WIDTH } from "../ready-help.js";

type Row = readonly [term: string, description: string];

const EXAMPLES: readonly Row[] = [
  ["train-mnist", "fetch MNIST, then train"],
  ["train-mnist --dataset generated", "on digits that come with it"],
  ["train-mnist --epochs 30 --hidden 100 --lambda 5", "larger, with weight decay"],
  ["train-mnist --hidden none", "a linear classifier"],
  ["train-mnist data show --label 7 --count 5", "look at some digits"],
  ["train-mnist backprop --layers 2,3,2", "derive backpropagation"],
  ["train-mnist --json --seed 7 > run.jsonl", "a record for programs to read"],
  ["train-mnist --recipe nielsen-ch3-best", "a published run"],
  ["train-mnist --save model.safetensors", "keep the run as it goes"],
  ["train-mnist --resume model.safetensors", "continue it"],
  ["train-mnist evaluate run.safetensors", "test what --save has saved"],
  ["train-mnist predict run.safetensors seven.png", "say what it sees in an image"],
  ["train-mnist report run.safetensors --open", "look at curves and mistakes"],
  ["train-mnist view --open", "train, draw, step: a page"],
  ["train-mnist --view", "watch a run as it trains"],
  ["train-mnist --lr 0.1 --print-config > run.json", "a file for --config"],
];

const PRECEDENCE =
  "Flags win over the environment, the environment over the --config file, the file over the recipe, and the recipe " +
  "over the defaults. Without any training setting, the recipe `default` applies; --epochs, --seed and the like leave " +
  "it on. A setting that conflicts with a stronger one is ignored: --optimizer adam, for example, drops a recipe's " +
  "momentum.";

const ENVIRONMENT: readonly Row[] = [
  [
    "TRAIN_MNIST_<FLAG>",
    "for training and sweeps, any flag before --recipe, such as TRAIN_MNIST_BATCH_SIZE=20",
  ],
  ["TRAIN_MNIST_DATA", "the folder with the data, unless a flag names one"],
  ["TRAIN_MNIST_CACHE", "where fetched data sets are kept, without --cache-dir"],
  ["HTTPS_PROXY, NO_PROXY", "the proxy to fetch through, and what to fetch without"],
  ["TRAIN_MNIST_BLAS", "the file of the BLAS for --backend blas"],
  ["NO_COLOR, FORCE_COLOR", "use no colours; use them even off a terminal"],
];

const EXIT_CODES: readonly Row[] = [
  ["0", "success"],
  ["1", "failure: missing or malformed data, a failed run"],
  ["2", "wrong usage: an unknown flag, an impossible value or combination"],
  ["129, 130, 143", "stopped by SIGHUP, Ctrl-C, SIGTERM"],
  ["141", "training stopped, as nobody reads its output any more"],
];

/** The help of the whole program, whose default command's flags are shown as its own. */
export function helpText(program: Command, defaultCommand: Command): string {
  const help = program.createHelp();
  help.helpWidth = Math.min(process.stdout.columns || HELP_WIDTH, HELP_WIDTH);
  const options = [...help.visibleOptions(defaultCommand), ...help.visibleOptions(program)];
  const rows = new Map(
    options.map((option): Row => [help.optionTerm(option), help.optionDescription(option)]),
  );
  return [
    "Examples:",
    ...table(help, EXAMPLES),
    "",
    `Usage: ${program.name()} [${defaultCommand.name()}] [options]`,
    "",
    help.boxWrap(program.description(), help.helpWidth),
    "",
    "Options:",
    ...table(help, [...rows]),
    "",
    help.boxWrap(PRECEDENCE, help.helpWidth),
    "",
    "Commands:",
    ...table(
      help,
      help.visibleCommands(program).map((command) => [command.name(), command.description()]),
    ),
    "",
    "Environment:",
    ...table(help, ENVIRONMENT),
    "",
    "Exit codes:",
    ...table(help, EXIT_CODES),
    "",
  ].join("\n");
}

function table(help: Help, rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([term]) => term.length));
  return rows.map(([term, description]) => help.formatItem(term, width, description, help));
}
