/** `train-mnist recipes`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import type { RecipesFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist recipes                             what was published, and where
  train-mnist --recipe nielsen-ch3-best           train as it was done there
  train-mnist --recipe nielsen-ch3-best --seed 2  the same with another seed
  train-mnist --recipe nielsen-ch3-best --print-config`,
);

export function defineRecipes(command: Command, finish: (code: ExitCode) => void): void {
  command
    .addHelpText("before", INTRODUCTION)
    .option("--json", "print one JSON object per line instead of text")
    .action(async (flags: RecipesFlags) => {
      finish((await import("./run.js")).listRecipes(flags));
    });
}
