/** What the system says when it fails, as errors of a sweep. */
import { systemReason } from "../../files/reason.js";
import { SweepError } from "../errors.js";

/** Throws a {@link SweepError} that names the file in place of what the system throws, which has a code. */
export async function orCannot<T>(
  what: "read" | "write",
  file: string,
  action: () => T | Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    // Other errors are not the system's.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new SweepError(`Cannot ${what} ${file}: ${systemReason(error)}.`, { cause: error });
  }
}

/** What an action gives; undefined where the system says that there is no such file. */
export async function ifThere<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
