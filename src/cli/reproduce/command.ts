/** `train-mnist reproduce`: its flags. What it does is only loaded when it is to be done. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { addCacheOption, addFolderOption } from "../options/data.js";
import { addExecutorOptions } from "../options/executor.js";
import { path, seed } from "../options/parsers.js";
import type { ReproduceFlags } from "./run.js";

const EXAMPLES = `Examples:
  train-mnist reproduce nielsen-ch1-30           three runs, then a table
  train-mnist reproduce --out results.md         all runs of less than a minute
  train-mnist reproduce --all --seeds 1,2,3,4,5 --out results.md
`;

export function defineReproduce(command: Command, finish: (code: ExitCode) => void): void {
  command
    .addHelpText("before", EXAMPLES)
    .argument("[recipes...]", "see train-mnist recipes; without any, those of less than a minute")
    .option("--all", "all recipes, even those that take hours")
    .addOption(
      new Option("--seeds <list>", "repeat each with these seeds")
        .argParser(seedList)
        .default([1, 2, 3], "1,2,3"),
    )
    .option("--out <file>", "write the report there (default: to stdout)", path)
    .option(
      "--record <file>",
      "keep each run there, and repeat none that is there (default: beside --out)",
      path,
    )
    .addOption(
      new Option("--report-only", "train nothing, report on all runs in the record").conflicts(
        "seeds",
      ),
    );
  addExecutorOptions(addCacheOption(addFolderOption(command))).action(
    async (recipes: string[], flags: ReproduceFlags) => {
      finish(await (await import("./run.js")).reproduce(recipes, flags));
    },
  );
}

function seedList(word: string): number[] {
  const seeds = word.split(",").map(seed);
  if (new Set(seeds).size === seeds.length) return seeds;
  throw new InvalidArgumentError("Expected no seed twice.");
}
