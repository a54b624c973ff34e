/** Words on the command line that mean nothing to a command. */
import type { Command } from "commander";
import { exitCodes } from "../exit-codes.js";
import { didYouMean } from "./nearest.js";

/** Ends a command that takes no words if there is one. It must allow excess arguments. */
export function expectNoWord(command: Command, what = "unexpected word"): void {
  const [word] = command.args;
  if (word === undefined) return;
  const commands = command.parent?.commands.map((each) => each.name()) ?? [];
  const hint = didYouMean(word, commands);
  command.error(`${what} '${word}'${hint ? ` (${hint})` : ""}`, { exitCode: exitCodes.usage });
}
