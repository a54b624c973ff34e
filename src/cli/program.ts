/** From arguments to an exit code, through commander. Every failure ends here, as one clear line. */
import { Command, CommanderError } from "commander";
import { DataError } from "../data/errors.js";
import { commandEntries, trainEntry } from "./commands.js";
import { setFlagsAtHand } from "./errors/at-hand.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { helpLayout } from "./help/layout.js";
import { packageVersion } from "./version.js";

/** Runs the command with these arguments (without node and script). Resolves to the exit code. */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.success;
  let program: Command | undefined;
  try {
    expectWorkingDirectory();
    program = await createProgram(args, (result) => {
      code = result;
    });
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.success;
    const { report } = await import("./errors/report.js");
    return report(error, program && nameOf(program, args));
  }
}

/** What the command is called that these arguments are for, as in `train-mnist sweep status`. */
function nameOf(program: Command, args: readonly string[]): string {
  const names = [program.name()];
  let command = program;
  for (const word of args) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) break;
    names.push(word);
    command = next;
  }
  return names.join(" ");
}

/** Where it has been deleted, Node fails in many places, and in every thread. */
function expectWorkingDirectory(): void {
  try {
    process.cwd();
  } catch (cause) {
    const message = "The current folder is no longer there: change to another one.";
    throw new DataError(message, { cause });
  }
}

/** The program, with the flags of the command that is asked for; `finish` is told the exit code. */
export async function createProgram(
  args: readonly string[],
  finish: (code: ExitCode) => void,
): Promise<Command> {
  const program = new Command("train-mnist")
    .description("Trains a multilayer perceptron on MNIST by reverse-mode differentiation.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .configureHelp(helpLayout)
    .exitOverride()
    .configureOutput({ outputError() {} })
    .hook("preAction", (_, { options }) =>
      setFlagsAtHand(options.flatMap((each) => each.long ?? [])),
    );
  const asked = commandEntries.find(({ name }) => name === args[0]) ?? trainEntry;
  for (const entry of commandEntries) {
    const isDefault = entry === trainEntry;
    const command = program.command(entry.name, { isDefault }).description(entry.description);
    if (entry !== asked) continue;
    (await entry.load())(command, finish);
    if (isDefault) await showHelpOf(program, command);
  }
  return program;
}

/** The default command's flags are shown as the program's own. */
async function showHelpOf(program: Command, train: Command): Promise<void> {
  const { helpText } = await import("./help/text.js");
  program.helpInformation = () => helpText(program, train);
  train.helpInformation = program.helpInformation;
}
