/** The last step of the build: writes the help of every command to where it is found ready. */
import { mkdirSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { commandEntries } from "./commands.js";
import { createProgram } from "./program.js";
import { HELP_WIDTH, helpFile } from "./ready-help.js";

mkdirSync(new URL(".", helpFile([])), { recursive: true });
write([], await createProgram([], () => {}));
for (const { name } of commandEntries) {
  const program = await createProgram([name], () => {});
  const command = program.commands.find((each) => each.name() === name) as Command;
  write([name], command);
  for (const sub of command.commands) write([name, sub.name()], sub);
}

function write(words: readonly string[], command: Command): void {
  let text = "";
  command.configureOutput({
    writeOut(part) {
      text += part;
    },
    getOutHelpWidth: () => HELP_WIDTH,
  });
  command.outputHelp();
  writeFileSync(helpFile(words), text);
}
