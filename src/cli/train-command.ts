/** `train-mnist [train]`: its flags. What it does is only loaded when it is to be done. */
import { type Command, Option } from "commander";
import { catalogue } from "../data/remote/catalogue.js";
import { mirrorUrl } from "./data-parsers.js";
import { addDeformationOptions } from "./deformation-options.js";
import { addExecutorOptions } from "./executor-options.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { Flags } from "./run-training.js";
import { addSettings } from "./settings-options.js";

export function defineTrain(command: Command, finish: (code: ExitCode) => void): void {
  addExecutorOptions(addDeformationOptions(addSettings(command)))
    .addOption(
      new Option(
        "--dataset <name>",
        "fetched and cached; mnist, or generated digits where it cannot be had, unless given",
      ).choices([...catalogue.map(({ name }) => name), "generated"]),
    )
    .option("--cache-dir <dir>", "where fetched data sets are kept")
    .addOption(new Option("--mirror <url>", "fetch from here first").argParser(mirrorUrl))
    .option("--data-dir <dir>", "folder with the four MNIST files, gzipped or not")
    .option("--test-dir <dir>", "folder of another data set, to test on its images")
    .option("--json", "print one JSON object per line instead of text")
    .option("--quiet", "print the result only")
    .option("--dry-run", "load the data, build the network, run one batch, train nothing")
    .allowExcessArguments()
    .action(async (flags: Flags) => {
      const [word] = command.args;
      if (word !== undefined)
        command.error(`unexpected word '${word}'`, { exitCode: exitCodes.usage });
      const { runTraining } = await import("./run-training.js");
      finish(await runTraining(flags));
    });
}
