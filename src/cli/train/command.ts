/** `train-mnist [train]`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import { addConfigOptions, type ConfigFlags } from "../configuration/options.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addDataOptions, addMirrorOption } from "../options/data.js";
import { addDeformationOptions } from "../options/deformation.js";
import { addExecutorOptions } from "../options/executor.js";
import { addSettings } from "../options/settings.js";
import type { Flags } from "./run.js";
import { addSavingOptions } from "./saving-options.js";

export function defineTrain(command: Command, finish: (code: ExitCode) => void): void {
  addTrainOptions(command)
    .allowExcessArguments()
    .action(async ({ printConfig, resume }: ConfigFlags & { resume?: string }) => {
      const [word] = command.args;
      if (word !== undefined)
        command.error(`unexpected word '${word}'`, { exitCode: exitCodes.usage });
      const { configText, configure, configured } = await import("../configuration/configure.js");
      const { givenBy } = await import("../configuration/given-by.js");
      configure(command, process.env, resume !== undefined);
      const [flags, given] = [configured<Flags>(command), givenBy(command)];
      if (printConfig) {
        const { settingsOf } = await import("../configuration/combination.js");
        process.stdout.write(configText(command, settingsOf(flags, given)));
        return;
      }
      const { runTraining } = await import("./run.js");
      finish(await runTraining(flags, given));
    });
}

/** The settings of a run first, then the flags of one invocation. */
export function addTrainOptions(command: Command): Command {
  addExecutorOptions(addDeformationOptions(addSettings(command)));
  addDataOptions(
    command,
    "fetched and cached; mnist, or generated digits where it cannot be had, unless given",
  );
  addMirrorOption(command).option(
    "--test-dir <dir>",
    "folder of another data set, to test on its images",
  );
  return addSavingOptions(addConfigOptions(command))
    .option("--json", "print one JSON object per line instead of text")
    .option("--quiet", "print the result only")
    .option("--dry-run", "load the data, build the network, run one batch, train nothing");
}
