/** Failures, each as one clear line and an exit code. */
import { CommanderError } from "commander";
import { CheckpointError } from "../../checkpoints/errors.js";
import { DataError } from "../../data/errors.js";
import { EngineError } from "../../engine/errors.js";
import { SweepError } from "../../sweeps/errors.js";
import { DivergenceError, isOutOfMemory, SettingsError } from "../../training/errors.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { visible } from "../terminal/visible.js";
import { writeLines } from "../terminal/wrapped.js";
import { ReportedError, ServingError, TargetError, UsageError } from "./kinds.js";
import { oursFor } from "./other-names.js";
import { presentable } from "./presentable.js";
import { withRemedy } from "./remedies.js";
import { withFlags } from "./sentence.js";

/** Kinds of errors whose messages are for the user, and the exit codes that they lead to. */
const KINDS = [
  [CommanderError, exitCodes.usage],
  [UsageError, exitCodes.usage],
  [SettingsError, exitCodes.usage],
  [DivergenceError, exitCodes.failure],
  [TargetError, exitCodes.failure],
  [ServingError, exitCodes.failure],
  [DataError, exitCodes.failure],
  [EngineError, exitCodes.failure],
  [CheckpointError, exitCodes.failure],
  [SweepError, exitCodes.failure],
] as const;

/**
 * Says in one line what went wrong. An error that no user can mend is a bug, and is thrown again.
 *
 * @param command whose help tells more about wrong words on the command line
 */
export function report(error: unknown, command = "train-mnist"): ExitCode {
  const code = codeOf(error);
  if (code === undefined) throw error;
  const help = error instanceof CommanderError ? `; see ${command} --help` : "";
  const lines = `train-mnist: ${inWords(error as Error)}${help}`.split("\n");
  writeLines(process.stderr, ...lines);
  return code;
}

/** The exit code that an error leads to; undefined of a defect. */
export function codeOf(error: unknown): ExitCode | undefined {
  if (error instanceof ReportedError) return error.code as ExitCode | undefined;
  const [, code] = KINDS.find(([kind]) => error instanceof kind) ?? [];
  return code ?? (isOutOfMemory(error) ? exitCodes.failure : undefined);
}

/** The message as the command says it, with the flags that other parts do not know. */
export function inWords(error: Error): string {
  // Its two lines are its own, and hold nothing from elsewhere.
  if (error instanceof DivergenceError) return withFlags(error.sentence);
  if (error instanceof ReportedError) return error.message;
  if (error instanceof SettingsError) return visible(withFlags(error.sentence));
  if (error instanceof CommanderError) return visible(inOneLine(error));
  return isOutOfMemory(error)
    ? "there is not enough memory for this network: choose smaller layers"
    : visible(withRemedy(error));
}

function inOneLine({ code, message }: CommanderError): string {
  const ours = code === "commander.unknownOption" && oursFor(message);
  return presentable(`${message}${ours ? ` (${ours})` : ""}`)
    .replace(/^error: /, "")
    .replace("(Did you mean", "(did you mean")
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
}
