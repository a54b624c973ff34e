/**
 * A sweep's folder is not what it should be, or cannot be written. The message is meant for the user and
 * needs no stack trace.
 */
export class SweepError extends Error {
  override readonly name = "SweepError";
}
