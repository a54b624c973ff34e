/**
 * What can be wrong with the data that the user supplies: a missing or malformed file, or files
 * that do not fit together. The message is meant for the user and needs no stack trace.
 */
export class DataError extends Error {
  override readonly name = "DataError";
}
