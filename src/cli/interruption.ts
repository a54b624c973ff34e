/** Ctrl-C and SIGTERM: the first asks the run to stop where it may, the second ends it at once. */
import { type ExitCode, exitCodes } from "./exit-codes.js";

const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

export interface Interruption {
  /** Aborted by the first signal, with the exit code as its reason. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const listeners = Object.entries(codes).map(([name, code]) => {
    const listener = () => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort(code);
    };
    process.on(name, listener);
    return () => process.off(name, listener);
  });
  return {
    signal: controller.signal,
    release() {
      for (const remove of listeners) remove();
    },
  };
}

/** The exit code that an aborted signal asks for. */
export function exitCodeOf(signal: AbortSignal): ExitCode {
  return signal.reason as ExitCode;
}
