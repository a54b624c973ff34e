/** The command line: from arguments to an exit code. Every failure ends here, as one clear line. */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { CheckpointError } from "../checkpoints/errors.js";
import { DataError } from "../data/errors.js";
import { EngineError } from "../engine/errors.js";
import { DivergenceError, SettingsError, TargetError } from "../training/errors.js";
import { addDataCommand } from "./data-command.js";
import { defineEvaluate } from "./evaluate-command.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { helpText } from "./help.js";
import { definePredict } from "./predict-command.js";
import { endQuietlyOnClosedPipe } from "./terminal.js";
import { addTrainCommand } from "./train-command.js";

/** Runs the command with these arguments (without node and script). Resolves to the exit code. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  endQuietlyOnClosedPipe([process.stdout, process.stderr]);
  let code: ExitCode = exitCodes.success;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return report(error);
  }
}

function createProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command("train-mnist")
    .description("Trains a multilayer perceptron on MNIST by reverse-mode differentiation.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError() {} });
  const train = addTrainCommand(program, finish);
  addDataCommand(program, finish);
  defineEvaluate(program.command("evaluate").description("test a saved network"), finish);
  definePredict(program.command("predict").description("say which digits images show"), finish);
  program.helpInformation = () => helpText(program, train);
  train.helpInformation = program.helpInformation;
  return program;
}

function packageVersion(): string {
  const file = new URL("../../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Says in one line what went wrong. What is not the user's to mend is a defect, and is thrown on. */
function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.success;
    complain(`${inOneLine(error)}; see train-mnist --help`);
    return exitCodes.usage;
  }
  if (error instanceof SettingsError) {
    complain(error.message);
    return exitCodes.usage;
  }
  if (
    error instanceof CheckpointError ||
    error instanceof DataError ||
    error instanceof DivergenceError ||
    error instanceof EngineError ||
    error instanceof TargetError
  ) {
    complain(error.message);
    return exitCodes.failure;
  }
  if (error instanceof RangeError && /allocation failed|array length/i.test(error.message)) {
    complain("there is not enough memory for this network: choose smaller --hidden layers");
    return exitCodes.failure;
  }
  throw error;
}

function complain(message: string): void {
  process.stderr.write(`train-mnist: ${message}\n`);
}

function inOneLine({ message }: CommanderError): string {
  return message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
}
