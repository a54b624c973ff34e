/**
 * What can be wrong with the data that the user supplies: a missing or malformed file, or files
 * that do not fit together. The message is meant for the user and needs no stack trace.
 */
export class DataError extends Error {
  override readonly name = "DataError";
}

/**
 * The reason of a failed system call in words: Node's message without its error code in front and
 * without the call and the path at the end.
 */
export function systemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[A-Z0-9_]+: /, "").replace(/, \w+( '.*)?$/s, "");
}
