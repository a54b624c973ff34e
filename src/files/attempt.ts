/** What the system refuses, as an error of the one who has asked for it. */
import { NO_MEMORY, systemReason, whyNotRead, whyNotWritten } from "./reason.js";

/** Its second argument is for the options of the error. */
type ErrorFor = (reason: string, options: { readonly cause: unknown }) => Error;

/**
 * What an action gives, now or by its promise. If the system makes it fail, throws the error that `errorFor`
 * makes of the reason in words; other errors are thrown as they are.
 */
export function attempt<T>(action: () => T, errorFor: ErrorFor, why = systemReason): T {
  const fail = (cause: unknown): never => {
    throw isOfSystem(cause) ? errorFor(why(cause), { cause }) : cause;
  };
  try {
    const result = action();
    return result instanceof Promise ? (result.catch(fail) as T) : result;
  } catch (cause) {
    return fail(cause);
  }
}

/** The same of an action that reads; the reason has what helps with it. */
export function attemptToRead<T>(action: () => T, errorFor: ErrorFor): T {
  return attempt(action, errorFor, whyNotRead);
}

/** The same of an action that writes, or makes a folder. */
export function attemptToWrite<T>(action: () => T, errorFor: ErrorFor): T {
  return attempt(action, errorFor, whyNotWritten);
}

/** What Node says in its own codes of arguments is a defect of the caller; of a file, such as its size, it is not. */
const OF_ARGUMENTS = /^ERR_(?!FS_)/;

function isOfSystem(error: unknown): boolean {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  if (code !== undefined) return !OF_ARGUMENTS.test(code);
  return error instanceof RangeError && message === NO_MEMORY;
}
