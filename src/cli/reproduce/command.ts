/** `train-mnist reproduce`: its flags. What it does is only loaded when it is to be done. */
import { type Command, Option } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { addCacheOption, addFolderOption } from "../options/data.js";
import { addExecutorOptions } from "../options/executor.js";
import { path, seeds } from "../options/parsers.js";
import { addJobsOption } from "../pool/jobs.js";
import type { ReproduceFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist reproduce nielsen-ch1-30           three runs, then a table
  train-mnist reproduce --out results.md         all runs of less than a minute
  train-mnist reproduce --all --seeds 1-5 --out results.md
  train-mnist reproduce default --seeds 1-5 --save runs --committee`,
);

export function defineReproduce(command: Command, finish: (code: ExitCode) => void): void {
  command
    .addHelpText("before", INTRODUCTION)
    .argument("[recipes...]", "see train-mnist recipes; without any, those of less than a minute")
    .option("--all", "all recipes, even those that take hours")
    .addOption(
      new Option("--seeds <list>", "repeat each with these seeds: 1,3,7 or 1-5")
        .argParser(seeds)
        .default([1, 2, 3], "1,2,3"),
    )
    .option("--out <file>", "write the report there (default: to stdout)", path)
    .option(
      "--record <file>",
      "record finished runs there, and repeat none that it has (default: beside --out)",
      path,
    )
    .option(
      "--save <dir>",
      "save each run there after every epoch, and go on with those that were interrupted",
      path,
    )
    .option(
      "--committee",
      "also test the networks of each recipe together, by the mean of their outputs (needs --save)",
    )
    .addOption(
      new Option("--report-only", "train nothing, report on all runs in the record").conflicts([
        "seeds",
        "save",
        "committee",
        "jobs",
        "dataDir",
      ]),
    );
  addExecutorOptions(addJobsOption(addCacheOption(addFolderOption(command)))).action(
    async (recipes: string[], flags: ReproduceFlags) => {
      finish(await (await import("./run.js")).reproduce(recipes, flags));
    },
  );
}
