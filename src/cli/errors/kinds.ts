/** The errors that the command itself finds, each told to its user in one line. */

/** The command was used wrongly: an impossible value, or flags that do not go together. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The run has ended, but not as was asked for. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}

/** The page cannot be served. */
export class ServingError extends Error {
  override readonly name = "ServingError";
}
