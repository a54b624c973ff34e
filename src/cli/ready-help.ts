/** The help as the build has written it, so that it need not be made of all flags each time. */
import { readFileSync } from "node:fs";

/** The width of the help in characters, where the terminal is not narrower. */
export const HELP_WIDTH = 80;

/** Where the build writes it. */
export const helpFile = new URL("../../help.txt", import.meta.url);

/** Undefined if something else is asked for, on a narrower terminal, and if no help was written. */
export function readyHelp(args: readonly string[]): string | undefined {
  const isAsked = args.length === 1 && (args[0] === "--help" || args[0] === "-h");
  if (!isAsked || (process.stdout.columns || HELP_WIDTH) < HELP_WIDTH) return undefined;
  try {
    return readFileSync(helpFile, "utf8");
  } catch {
    return undefined;
  }
}
