/**
 * The commands in the documents, and in the examples of every --help, have flags that exist with values that can be.
 * Those of docs/sweeps.md are run, by sweeps.test.ts.
 */
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { commandEntries } from "../../src/cli/commands.js";
import { createProgram } from "../../src/cli/program.js";
import { helpFile } from "../../src/cli/ready-help.js";
import { blocksOf, documents } from "./blocks.js";

const others = documents.filter((document) => document !== "docs/sweeps.md");

const inDocuments = others.flatMap((document) =>
  blocksOf(document, "sh").flatMap(({ place, text }) =>
    commandsIn(text).map((words) => ({ place, words })),
  ),
);

const inHelp = [...commandEntries.map(({ name }) => [name]), []].flatMap((words) => {
  const [examples = ""] = readFileSync(helpFile(words), "utf8").split("Usage:");
  const place = [...words, "--help"].join(" ");
  return commandsIn(examples).map((found) => ({ place, words: found }));
});

test("there are some of both", () => {
  expect(inDocuments.length).toBeGreaterThan(50);
  expect(inHelp.length).toBeGreaterThan(40);
});

test.each([...inDocuments, ...inHelp])("$place: train-mnist $words", async ({ words }) => {
  const program = await createProgram(words, () => {});
  for (const command of withCommandsOf(program)) {
    command.exitOverride();
    if (command.commands.length === 0) command.action(() => {});
  }
  await program.parseAsync(words, { from: "user" });
});

/** The words behind `train-mnist` of each command, without what the shell takes. */
function commandsIn(text: string): string[][] {
  const joined = text.replaceAll("\\\n", " ");
  return [...joined.matchAll(/^.*?\btrain-mnist(?=[ \n]|$)([^\n]*)/gm)].flatMap(([, rest = ""]) => {
    // In --help, two spaces stand before what an example does. N stands for any number.
    const [command = ""] = rest.split(/ {2,}| #| [|>&]/);
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, word]) => quoted ?? (word === "N" ? "1" : word),
    );
    return [words as string[]];
  });
}

function withCommandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withCommandsOf)];
}
