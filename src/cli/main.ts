/** The command line. Whoever asks for help gets it at once; all else is loaded when it is needed. */
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { watchOutput } from "./output.js";
import { readyHelp } from "./ready-help.js";

/** Runs the command with these arguments (without node and script). Resolves to the exit code. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  watchOutput(process);
  const help = readyHelp(args);
  if (help === undefined) return (await import("./program.js")).runCommand(args);
  process.stdout.write(help);
  return exitCodes.success;
}
