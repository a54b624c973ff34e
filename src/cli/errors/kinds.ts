/** The errors that the command itself finds, each told to its user in one line. */

/** The command was used wrongly: an impossible value, or flags that do not go together. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The run has ended, but not as was asked for. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}

/** What a process of the command has come to, in its own words. */
export class ReportedError extends Error {
  override readonly name = "ReportedError";

  /** @param code what the command should end with; undefined of a defect */
  constructor(
    message: string,
    readonly code: number | undefined,
  ) {
    super(message);
  }
}

/** The page cannot be served. */
export class ServingError extends Error {
  override readonly name = "ServingError";
}
