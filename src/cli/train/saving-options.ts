/** The flags that save a run and take it up again. */
import { type Command, Option } from "commander";
import { type Interval, interval } from "../options/parsers.js";

export interface SavingFlags {
  readonly save?: string;
  readonly saveEvery?: Interval;
  readonly keepBest?: boolean;
  readonly resume?: string;
}

/** Adds the flags to a command. */
export function addSavingOptions(command: Command): Command {
  return command
    .option("--save <file>", "save the run, as safetensors, after each epoch and when stopped")
    .addOption(
      new Option(
        "--save-every <n>",
        "epochs between two saves, or a time: 90s, 5m, 1h (default: 1)",
      ).argParser(interval),
    )
    .option("--keep-best", "save it as it is best on validation, too: <file>.best.safetensors")
    .option("--resume <file>", "go on with a saved run, and save it there unless --save is given");
}
