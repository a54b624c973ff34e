/** What the system refuses, as an error of the one who has asked for it. */
import { systemReason } from "./reason.js";

/**
 * What an action gives, now or by its promise. If the system makes it fail, throws the error that `errorFor`
 * makes of the reason in words; other errors are thrown as they are.
 *
 * @param errorFor its second argument is for the options of the error
 */
export function attempt<T>(
  action: () => T,
  errorFor: (reason: string, options: { readonly cause: unknown }) => Error,
): T {
  const fail = (cause: unknown): never => {
    throw isOfSystem(cause) ? errorFor(systemReason(cause), { cause }) : cause;
  };
  try {
    const result = action();
    return result instanceof Promise ? (result.catch(fail) as T) : result;
  } catch (cause) {
    return fail(cause);
  }
}

/** The errors of the system have a code; a lack of memory is a RangeError. */
function isOfSystem(error: unknown): boolean {
  return error instanceof RangeError || (error as NodeJS.ErrnoException)?.code !== undefined;
}
