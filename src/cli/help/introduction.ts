/** What a command's help begins with. */
import type { AddHelpTextContext } from "commander";
import { HELP_WIDTH } from "../ready-help.js";

/**
 * Examples, and paragraphs in lines that fit the terminal; for `addHelpText("before", …)`.
 *
 * @param examples one command in each line
 */
export function introduction(examples: string, ...paragraphs: readonly string[]) {
  return ({ command }: AddHelpTextContext): string => {
    const width = command.configureOutput().getOutHelpWidth?.() ?? HELP_WIDTH;
    const lines = examples.split("\n");
    const isFitting = lines.every((line) => line.length <= width);
    const shown = isFitting ? lines : lines.flatMap(belowEachOther);
    const wrapped = paragraphs.map((text) => {
      return command.createHelp().boxWrap(text.replaceAll("\n", " "), Math.min(width, HELP_WIDTH));
    });
    return `${[`Examples:\n${shown.join("\n")}`, ...wrapped].join("\n\n")}\n`;
  };
}

/** A command and, on a row of its own, what stands beside it. */
function belowEachOther(example: string): string[] {
  const [command, what] = example.trim().split(/ {2,}/);
  return [`  ${command}`, ...(what === undefined ? [] : [`      ${what}`])];
}
