/** What a command's help begins with. */
import { type AddHelpTextContext, Help } from "commander";
import { HELP_WIDTH } from "./ready-help.js";

/**
 * Examples, and paragraphs in lines that fit the terminal; for `addHelpText("before", …)`.
 *
 * @param examples one command in each line
 */
export function introduction(examples: string, ...paragraphs: readonly string[]) {
  return ({ command }: AddHelpTextContext): string => {
    const width = command.configureOutput().getOutHelpWidth?.() ?? HELP_WIDTH;
    const wrapped = paragraphs.map((text) => {
      return new Help().boxWrap(text.replaceAll("\n", " "), Math.min(width, HELP_WIDTH));
    });
    return `${[`Examples:\n${examples}`, ...wrapped].join("\n\n")}\n`;
  };
}
