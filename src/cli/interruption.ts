/** Ctrl-C and SIGTERM: the first asks a command to stop where it may, the second ends it at once. */
import { type ExitCode, exitCodes } from "./exit-codes.js";

const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/**
 * Does what may be interrupted, and resolves to its exit code.
 *
 * @param work is given a signal that the first Ctrl-C or SIGTERM aborts, with the exit code as its
 *   reason; it may throw that reason
 */
export async function untilInterrupted(
  work: (signal: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const controller = new AbortController();
  const listeners = Object.entries(codes).map(([name, code]) => {
    const listener = () => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort(code);
    };
    process.on(name, listener);
    return { name, listener };
  });
  const { signal } = controller;
  try {
    return await work(signal);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return exitCodeOf(signal);
  } finally {
    for (const { name, listener } of listeners) process.off(name, listener);
  }
}

/** The exit code that an aborted signal asks for. */
export function exitCodeOf(signal: AbortSignal): ExitCode {
  return signal.reason as ExitCode;
}
