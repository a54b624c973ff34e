/** Help texts as the build has written them, so that they need not be made of all flags each time. */
import { readFileSync } from "node:fs";

/** The width of the help in characters, where the terminal is not narrower. */
export const HELP_WIDTH = 80;

/** Where the build writes the help of a command: none, `data`, or `data show`. */
export function helpFile(words: readonly string[]): URL {
  return new URL(`../../help/${["train-mnist", ...words].join("-")}.txt`, import.meta.url);
}

/** Undefined if something else is asked for, on a narrower terminal, and if no help was written. */
export function readyHelp(args: readonly string[]): string | undefined {
  const [words, last] = [args.slice(0, -1), args.at(-1)];
  const isAsked = (last === "--help" || last === "-h") && words.every((word) => COMMAND.test(word));
  if (!isAsked || (process.stdout.columns || HELP_WIDTH) < HELP_WIDTH) return undefined;
  try {
    return readFileSync(helpFile(words), "utf8");
  } catch {
    return undefined;
  }
}

const COMMAND = /^[a-z]+$/;
