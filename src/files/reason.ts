/**
 * The reason of a failed system call in words: Node's message without its error code in front and
 * without the call and the path at the end.
 */
export function systemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[A-Z0-9_]+: /, "").replace(/, \w+( '.*)?$/s, "");
}
