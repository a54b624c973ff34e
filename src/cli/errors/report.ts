/** Failures, each as one clear line and an exit code. */
import { CommanderError } from "commander";
import { CheckpointError } from "../../checkpoints/errors.js";
import { DataError } from "../../data/errors.js";
import { EngineError } from "../../engine/errors.js";
import { DivergenceError, SettingsError, TargetError } from "../../training/errors.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { oursFor } from "./other-names.js";
import { inWords } from "./remedies.js";

/** Kinds of errors whose messages are for the user. */
const FAILURES = [DataError, EngineError, DivergenceError, TargetError, CheckpointError];

/** Says in one line what went wrong. What is not the user's to mend is a defect, and is thrown on. */
export function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    complain(`${inOneLine(error)}; see train-mnist --help`);
    return exitCodes.usage;
  }
  if (error instanceof SettingsError) {
    complain(error.message);
    return exitCodes.usage;
  }
  if (FAILURES.some((kind) => error instanceof kind)) {
    complain(inWords(error as Error));
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

function inOneLine({ code, message }: CommanderError): string {
  const ours = code === "commander.unknownOption" && oursFor(message);
  return `${message}${ours ? ` (${ours})` : ""}`
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
}
