/** `train-mnist view`: its flags. What it does is only loaded when it is to be done. */
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.js";
import { introduction } from "../help/introduction.js";
import { addCacheOption, addFolderOption } from "../options/data.js";
import { paths } from "../options/parsers.js";
import { addPortOption } from "../options/port.js";
import type { ViewFlags } from "./run.js";

const INTRODUCTION = introduction(
  `  train-mnist view --open                    train, draw and look in a browser
  train-mnist view best.safetensors --open   with a network of yours
  train-mnist --view                         watch a run as it trains`,
  `Serves a page to this machine alone, until Ctrl-C, and prints its address. Whoever
has the address can see the page, the data and the networks that are named.`,
);

/** Gives the command its flags and its action; `finish` is told the exit code. */
export function defineView(command: Command, finish: (code: ExitCode) => void): void {
  command
    .argument("[runs...]", "networks that --save has saved, to look at", paths)
    .addHelpText("before", INTRODUCTION);
  addPortOption(command).option("--open", "show the page in a browser");
  addCacheOption(addFolderOption(command)).action(
    async (files: readonly string[], flags: ViewFlags) => {
      finish(await (await import("./run.js")).view(files, flags));
    },
  );
}
