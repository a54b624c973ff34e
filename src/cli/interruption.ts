/**
 * Stopping in order: the first signal, or a reader that goes away, asks a command to stop where it may; a
 * signal that comes later ends it at once.
 */
import { type ExitCode, exitCodes } from "./exit-codes.js";

const codes = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const;

/**
 * In milliseconds. Signals that follow the first within this time are the same wish to stop: under npx
 * Ctrl-C comes from the terminal and, a moment later, from npm.
 */
const SAME_WISH = 1000;

/** What can be asked to stop now. */
let running: AbortController | undefined;

/** When it was first asked. */
let askedAt: number | undefined;

/** Asks the command that is running to stop, and end with this code; false if none can be asked. */
export function askToStop(code: ExitCode): boolean {
  if (running === undefined) return false;
  askedAt ??= performance.now();
  if (!running.signal.aborted) running.abort(code);
  return true;
}

function onSignal(code: ExitCode): void {
  if (askedAt !== undefined && performance.now() - askedAt > SAME_WISH) process.exit(code);
  askToStop(code);
}

/**
 * Does what may be interrupted, and resolves to its exit code.
 *
 * @param work is given a signal that is aborted when it should stop, with the exit code as its reason; it
 *   may throw that reason
 */
export async function untilInterrupted(
  work: (signal: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = Object.entries(codes).map(([name, code]) => {
    const listener = () => onSignal(code);
    process.on(name, listener);
    return { name, listener };
  });
  running = controller;
  try {
    return await work(signal);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return exitCodeOf(signal);
  } finally {
    running = undefined;
    // A signal that repeats the one that was heeded should not be the end of a process that is ending.
    if (askedAt === undefined) {
      for (const { name, listener } of listeners) process.off(name, listener);
    }
  }
}

/** The exit code that an aborted signal asks for. */
export function exitCodeOf(signal: AbortSignal): ExitCode {
  return signal.reason as ExitCode;
}
