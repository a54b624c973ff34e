/** The flags of one run that are no settings of it: where it is saved, and what is printed. */
import { type Command, Option } from "commander";
import type { DataFlags } from "../dataset/load.js";
import { UsageError } from "../errors/kinds.js";
import type { ExecutorFlags } from "../options/executor.js";
import type { MeasuringFlags } from "../options/measuring.js";
import { type Interval, interval, path } from "../options/parsers.js";
import { addPortOption, type PortFlags } from "../options/port.js";

export interface SavingFlags {
  readonly save?: string;
  readonly saveEvery?: Interval;
  readonly keepBest?: boolean;
  readonly overwrite?: boolean;
  readonly resume?: string;
  readonly startFrom?: string;
}

/** What the flags of `train-mnist train` say, beside the settings. */
export interface TrainFlags
  extends ExecutorFlags,
    DataFlags,
    SavingFlags,
    MeasuringFlags,
    PortFlags {
  readonly name?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
  readonly view?: boolean;
  readonly tensorboard?: string;
}

export function addStartingOption(command: Command): Command {
  return command.addOption(
    new Option(
      "--start-from <file>",
      "begin with these weights, which this command or PyTorch has saved",
    )
      .argParser(path)
      .conflicts("resume"),
  );
}

export function addSavingOptions(command: Command): Command {
  return command
    .option(
      "--save <file>",
      "save the run, as safetensors, after each epoch and when stopped",
      path,
    )
    .addOption(
      new Option(
        "--save-every <n>",
        "epochs between two saves, or a time: 90s, 5m, 1h (default: 1)",
      ).argParser(interval),
    )
    .option(
      "--keep-best",
      "also save the epoch best on validation, for x.safetensors in x.best.safetensors",
    )
    .option(
      "--overwrite",
      "let --save replace another run, more epochs of this one, or a file that is no run",
    )
    .option(
      "--resume <file>",
      "resume a saved run, and save it there unless --save is given",
      path,
    );
}

export function addOutputOptions(command: Command): Command {
  command
    .option("--name <text>", "what to call the run where it is saved, reported and compared")
    .option("--json", "print one JSON object per line instead of text")
    .option("--quiet", "print the result only")
    .option("--tensorboard <dir>", "write curves and weights for TensorBoard as the run goes", path)
    .option("--view", "serve a page to this machine that shows the run as it goes");
  return addPortOption(command).option(
    "--dry-run",
    "load the data, build the network, run one batch, train nothing",
  );
}

/** Throws a UsageError if there is nothing to show, or nothing to show it on. */
export function expectViewable({ view, dryRun, port }: TrainFlags): void {
  if (view && dryRun) {
    throw new UsageError("--dry-run trains nothing that --view could show: leave one of them out");
  }
  if (!view && port !== undefined) {
    throw new UsageError("--port needs --view, the page to serve there");
  }
}
