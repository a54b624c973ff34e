/** `train-mnist sweep …`: its commands and flags. What they do is only loaded when it is to be done. */
import type { Command } from "commander";
import { Option } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import {
  addCacheOption,
  addFolderOption,
  addMirrorOption,
  addTestFolderOption,
} from "../options/data.js";
import { simdNames } from "../options/executor.js";
import { path, threads, whole, wholes } from "../options/parsers.js";
import { addJobsOption } from "../pool/jobs.js";
import { addPlanOptions } from "./planning/options.js";
import type { StartFlags } from "./planning/start.js";
import { defineSweepReport } from "./report/command.js";
import type { RunningFlags } from "./running/run.js";
import { shard, type WhichFlags } from "./running/which.js";
import { addSlurmOptions, type SlurmFlags } from "./slurm/options.js";
import type { StatusFlags } from "./status.js";

const INTRODUCTION = introduction(
  `  train-mnist sweep --hidden 30 --hidden 100 --lr 0.1 --seeds 1-3 --out sweep
  train-mnist sweep spec.json --out sweep        do the runs that are left
  train-mnist sweep status sweep                 how many runs are done
  train-mnist sweep run sweep --index 3          one of them, as cluster jobs do
  train-mnist sweep report sweep                 which settings are best`,
);

export function defineSweep(sweep: Command, finish: (code: ExitCode) => void): void {
  sweep.addHelpText("before", INTRODUCTION).helpCommand(false);

  const start = sweep
    .command("start", { isDefault: true })
    .description("plan a sweep, and do the runs that are left")
    .argument("[spec]", "a JSON file: each name a setting, each list all its values", path);
  addSlurmOptions(addRunningOptions(addPlanOptions(start))).action(
    async (file: string | undefined, flags: StartFlags) => {
      finish(await (await import("./planning/start.js")).start(start, file, flags));
    },
  );

  const run = sweep
    .command("run")
    .description("do the runs of a sweep that are left or were stopped early, or some of them")
    .argument("<dir>", "the folder of the sweep", path)
    .addOption(
      new Option(
        "--index <list>",
        "only the runs of these indices, such as 3 or 0-9 (default: all, or as SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX says)",
      )
        .argParser(wholes(0, 1e9))
        .conflicts("shard"),
    )
    .option("--shard <i/n>", "the i-th of n shares, counted from 1", shard);
  addSlurmOptions(addRunningOptions(addMachineOptions(run))).action(
    async (directory: string, flags: RunningFlags & WhichFlags & SlurmFlags) => {
      finish(await (await import("./running/run.js")).run(directory, flags));
    },
  );

  sweep
    .command("status")
    .description("say how many runs are done, running, failed and left")
    .argument("<dir>", "the folder of the sweep", path)
    .option("--json", "print one JSON object instead of text")
    .action(async (directory: string, flags: StatusFlags) => {
      finish(await (await import("./status.js")).status(directory, flags));
    });

  defineSweepReport(sweep, finish);
}

/** What may be different on each machine, and changes no result. */
function addMachineOptions(command: Command): Command {
  addTestFolderOption(addMirrorOption(addCacheOption(addFolderOption(command))));
  return command
    .option("--threads <n>", "threads of the engine; auto uses as many as help", threads)
    .addOption(new Option("--simd <bits>", "bits computed at once").choices(simdNames));
}

function addRunningOptions(command: Command): Command {
  return addJobsOption(command)
    .option("--retry-failed", "repeat runs that have failed")
    .option(
      "--halving <n>",
      "stop bad runs early: of all runs, one in n goes on after a part of its epochs, and so on",
      whole(2, 1000),
    )
    .option("--json", "print one JSON object per line instead of text")
    .option("--quiet", "print only failures and the result");
}
