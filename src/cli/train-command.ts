/** `train-mnist [train]`: its flags. What it does is only loaded when it is to be done. */
import { type Command, Option } from "commander";
import { catalogue } from "../data/remote/catalogue.js";
import { mirrorUrl } from "./data-parsers.js";
import { addExecutorOptions } from "./executor-options.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { Given } from "./resumption.js";
import type { Flags } from "./run-training.js";
import { addSavingOptions } from "./saving-options.js";
import { addSettings } from "./settings-options.js";

/** Adds the command; `finish` is told the exit code. */
export function addTrainCommand(program: Command, finish: (code: ExitCode) => void): Command {
  const command = program.command("train", { isDefault: true });
  command.description("train a network on MNIST, with a report after each epoch");
  return addSavingOptions(addExecutorOptions(addSettings(command)))
    .addOption(
      new Option(
        "--dataset <name>",
        "fetched and cached; mnist, or generated digits where it cannot be had, unless given",
      ).choices([...catalogue.map(({ name }) => name), "generated"]),
    )
    .option("--cache-dir <dir>", "where fetched data sets are kept")
    .addOption(new Option("--mirror <url>", "fetch from here first").argParser(mirrorUrl))
    .option("--data-dir <dir>", "folder with the four MNIST files, gzipped or not")
    .option("--json", "print one JSON object per line instead of text")
    .option("--quiet", "print the result only")
    .option("--dry-run", "load the data, build the network, run one batch, train nothing")
    .allowExcessArguments()
    .action(async (flags: Flags) => {
      const [word] = command.args;
      if (word !== undefined)
        command.error(`unexpected word '${word}'`, { exitCode: exitCodes.usage });
      const { runTraining } = await import("./run-training.js");
      const given: Given = {
        has: (name) => !["default", undefined].includes(command.getOptionValueSource(name)),
        flag: (name) =>
          command.options.find((option) => option.attributeName() === name)?.long ?? name,
      };
      finish(await runTraining(flags, given));
    });
}
