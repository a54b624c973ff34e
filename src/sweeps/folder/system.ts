/** What the system says when it fails, as errors of a sweep. */
import { attemptToRead, attemptToWrite } from "../../files/attempt.js";
import { SweepError } from "../errors.js";

/** What the action gives. Throws a {@link SweepError} that names the file if the system makes it fail. */
export function orCannot<T>(what: "read" | "write", file: string, action: () => T): T {
  const attempt = what === "read" ? attemptToRead : attemptToWrite;
  return attempt(
    action,
    (reason, options) => new SweepError(`Cannot ${what} ${file}: ${reason}.`, options),
  );
}
