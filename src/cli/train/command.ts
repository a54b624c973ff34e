/** `train-mnist [train]`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import { addConfigOptions, type ConfigFlags } from "../configuration/options.js";
import { expectNoWord } from "../errors/unexpected-word.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addDataOptions, addMirrorOption, addTestFolderOption } from "../options/data.js";
import { addDeformationOptions } from "../options/deformation.js";
import { addExecutorOptions } from "../options/executor.js";
import { addMeasuringOptions } from "../options/measuring.js";
import { addSettings } from "../options/settings.js";
import {
  addOutputOptions,
  addSavingOptions,
  addStartingOption,
  type TrainFlags,
} from "./options.js";

export function defineTrain(command: Command, finish: (code: ExitCode) => void): void {
  addTrainOptions(command)
    .allowExcessArguments()
    .action(async ({ printConfig }: ConfigFlags) => {
      expectNoWord(command);
      const { configText, configure } = await import("../configuration/configure.js");
      const configuration = configure<TrainFlags>(command, process.env);
      if (printConfig) {
        const { inForce } = await import("./in-force.js");
        const { configuration: all } = await inForce(configuration);
        process.stdout.write(configText(command, all));
        finish(exitCodes.success);
      } else {
        finish(await (await import("./run.js")).train(configuration));
      }
    });
}

/** The settings of a run first, then the flags of one invocation. */
export function addTrainOptions(command: Command): Command {
  addMeasuringOptions(addExecutorOptions(addDeformationOptions(addSettings(command))));
  addDataOptions(
    command,
    "downloaded and cached (default: mnist; without a network, generated digits)",
  );
  addTestFolderOption(addMirrorOption(command));
  return addOutputOptions(addSavingOptions(addStartingOption(addConfigOptions(command))));
}
