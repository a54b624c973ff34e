/** The flags of a sweep: those of a training run, of which a setting may be given several times. */
import { Command, InvalidArgumentError, Option } from "commander";
import { wordOf } from "../../../recipes/words.js";
import { addDataOptions, addMirrorOption, addTestFolderOption } from "../../options/data.js";
import { addDeformationOptions } from "../../options/deformation.js";
import { addExecutorOptions } from "../../options/executor.js";
import { addMeasuringOptions } from "../../options/measuring.js";
import { SettingOption, settingOptions } from "../../options/option.js";
import { type Interval, interval, path, seeds } from "../../options/parsers.js";
import { addSettings } from "../../options/settings.js";
import type { Choice } from "./choice.js";

/** What to keep of the network of a finished run. */
export const keptNetworks = ["none", "last", "best"] as const;

export interface PlanFlags {
  readonly out: string;
  readonly seeds?: readonly number[];
}

/** The values of a flag that is given several times, each as it was written and as its parser reads it. */
export class Several {
  constructor(
    readonly given: readonly Choice[],
    /** Tells which of the flags came first. */
    readonly place: number,
  ) {}
}

let places = 0;

/**
 * All settings of a run, by whose names and parsers a specification is read.
 *
 * @param command whose other flags are known, too, though a specification cannot say them
 */
export function runOptions(command = new Command()): Command {
  const options = addRunOptions(new Command());
  for (const flag of command.options) if (!(flag instanceof SettingOption)) options.addOption(flag);
  return options;
}

function addRunOptions(command: Command): Command {
  addMeasuringOptions(addExecutorOptions(addDeformationOptions(addSettings(command))));
  addDataOptions(command, "downloaded and cached (default: mnist)");
  return addTestFolderOption(addMirrorOption(command));
}

/** Training goes on faster than one writes to a disk; so much of a killed run is lost at most. */
const SAVED_EVERY: Interval = { seconds: 10 };

function savingOptions(): Option[] {
  return [
    new Option(
      "--keep <network>",
      "of each finished run: of the last epoch, the one best on validation",
    )
      .choices(keptNetworks)
      .default("last"),
    new Option("--save-every <n>", "epochs between two saves of a run, or a time")
      .argParser(interval)
      .default(SAVED_EVERY, wordOf(SAVED_EVERY)),
  ];
}

/** The flags that sweep.json has, as all runs of a sweep have them in common. */
export function commonOptions(): Option[] {
  const options: Option[] = settingOptions(runOptions()).filter((option) => !isSetting(option));
  return [...options, ...savingOptions()];
}

/** Adds the flags to a command. */
export function addPlanOptions(command: Command): Command {
  addRunOptions(command);
  for (const option of settingOptions(command)) if (isSetting(option)) takeSeveral(option);
  const recipe = new Option("--recipe <name>", "settings of a published run").argParser(
    (name: string) => name,
  );
  takeSeveral(recipe);
  command
    .addOption(recipe)
    .option("--seeds <list>", "repeat each with these seeds: 1,3,7 or 1-5", seeds);
  for (const option of savingOptions()) command.addOption(option);
  command
    .option("--out <dir>", "the folder of the sweep", path)
    .addOption(
      new Option(
        "--dry-run",
        "list the runs, and about how long they take; train nothing",
      ).conflicts("planOnly"),
    )
    .option("--plan-only", "train nothing, leave that to train-mnist sweep run");
  for (const [flags, why] of REFUSED) {
    const option = new Option(flags, why).hideHelp();
    command.addOption(flags.includes("<") ? option.argParser(path) : option);
  }
  return command;
}

/** Whether an option is about how to train, so that there can be several values of it in a sweep. */
export function isSetting({ role }: SettingOption): boolean {
  return role !== "means";
}

function takeSeveral(option: Option): void {
  const { parseArg: parse } = option;
  option.argParser((word: string, before: unknown) => {
    const value: unknown = parse === undefined ? word : parse(word, undefined);
    const { given, place } = before instanceof Several ? before : new Several([], places++);
    if (given.some((each) => JSON.stringify(each.value) === JSON.stringify(value))) {
      throw new InvalidArgumentError("It is given twice.");
    }
    return new Several([...given, { word, value }], place);
  });
}

const OWN_FOLDER = "each run of a sweep has a folder, where it is saved and resumed by itself";
const ONE_RUN = "it is for a single run";

/** Flags of a training run that a sweep has no use for, and why. */
const REFUSED: readonly (readonly [flags: string, why: string])[] = [
  ["--save <file>", OWN_FOLDER],
  ["--resume <file>", OWN_FOLDER],
  ["--overwrite", OWN_FOLDER],
  ["--keep-best", "say --keep best"],
  ["--name <text>", "runs are called by their settings"],
  ["--start-from <file>", ONE_RUN],
  [
    "--tensorboard <dir>",
    "train-mnist export --tensorboard makes it of the networks that are kept",
  ],
  ["--view", ONE_RUN],
  ["--port <n>", ONE_RUN],
  ["--config <file>", "name the file without a flag, as the specification of the sweep"],
  ["--print-config", ONE_RUN],
];

/** Why a sweep has no use for a flag; undefined of others. */
export function refusal({ flags }: Option): string | undefined {
  const [, why] = REFUSED.find(([refused]) => refused === flags) ?? [];
  return why && `is not for a sweep: ${why}`;
}
