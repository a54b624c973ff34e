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

/** What Node says in its own codes of arguments is a defect of the caller; of a file, such as its size, it is not. */
const OF_ARGUMENTS = /^ERR_(?!FS_)/;

/** A lack of memory has no code, only these words. */
const NO_MEMORY = "Array buffer allocation failed";

function isOfSystem(error: unknown): boolean {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  if (code !== undefined) return !OF_ARGUMENTS.test(code);
  return error instanceof RangeError && message === NO_MEMORY;
}
