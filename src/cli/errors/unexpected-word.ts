/** Words on the command line that mean nothing to a command. */
import type { Command } from "commander";
import { exitCodes } from "../exit-codes.js";
import { nearest } from "./nearest.js";

/** Ends a command that takes no words if there is one. It must allow excess arguments. */
export function expectNoWord(command: Command, what = "unexpected word"): void {
  const [word] = command.args;
  if (word === undefined) return;
  const commands = command.parent?.commands.map((each) => each.name()) ?? [];
  const near = nearest(word, commands);
  const hint = near.length > 0 ? ` (Did you mean ${near.join(" or ")}?)` : "";
  command.error(`${what} '${word}'${hint}`, { exitCode: exitCodes.usage });
}
