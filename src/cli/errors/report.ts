/** Failures, each as one clear line and an exit code. */
import { CommanderError } from "commander";
import { CheckpointError } from "../../checkpoints/errors.js";
import { DataError } from "../../data/errors.js";
import { EngineError } from "../../engine/errors.js";
import { SweepError } from "../../sweeps/errors.js";
import { DivergenceError, SettingsError } from "../../training/errors.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { visible } from "../terminal/visible.js";
import { ServingError, TargetError, UsageError } from "./kinds.js";
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

/** Says in one line what went wrong. What is not the user's to mend is a defect, and is thrown on. */
export function report(error: unknown): ExitCode {
  const [, code] = KINDS.find(([kind]) => error instanceof kind) ?? [];
  if (code === undefined && !isOutOfMemory(error)) throw error;
  process.stderr.write(`train-mnist: ${inWords(error as Error)}\n`);
  return code ?? exitCodes.failure;
}

/** The message as the command says it, with the flags that other parts do not know. */
export function inWords(error: Error): string {
  // Its two lines are its own, and hold nothing from elsewhere.
  if (error instanceof DivergenceError) return withFlags(error.sentence);
  if (error instanceof SettingsError) return visible(withFlags(error.sentence));
  if (error instanceof CommanderError)
    return visible(`${inOneLine(error)}; see train-mnist --help`);
  return isOutOfMemory(error)
    ? "there is not enough memory for this network: choose smaller --hidden layers"
    : visible(withRemedy(error));
}

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /allocation failed|array length/i.test(error.message);
}

function inOneLine({ code, message }: CommanderError): string {
  const ours = code === "commander.unknownOption" && oursFor(message);
  return presentable(`${message}${ours ? ` (${ours})` : ""}`)
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
}
