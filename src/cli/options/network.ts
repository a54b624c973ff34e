/** The flags that say of a network what a file of weights alone does not. */
import { type Command, Option } from "commander";
import { type ActivationName, activationNames, type CostName, costNames } from "../../nn/names.js";

export interface NetworkFlags {
  readonly activation?: ActivationName;
  readonly cost?: CostName;
}

export function addNetworkOptions(command: Command): Command {
  const of = "of a network whose file has weights alone";
  return command
    .addOption(new Option("--activation <name>", `activation ${of}`).choices(activationNames))
    .addOption(
      new Option("--cost <name>", `cost, with its output units, ${of}`).choices(costNames),
    );
}
