/** JSON that was read from a file: nothing is known of its values until they are checked. */

/** What a text says in JSON; undefined if it is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is as it should be. */
export type Check = (value: unknown) => boolean;

/** A check for each field of a record. */
export type Checks<T> = Readonly<Record<keyof T, Check>>;

/** Whether a value is an object whose fields pass these checks; it may have other fields. */
export function isRecord<T>(value: unknown, checks: Checks<T>): value is T {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries<Check>(checks).every(([key, check]) => check(value[key as never]));
}

export const isText: Check = (value) => typeof value === "string";

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

export function orMissing(check: Check): Check {
  return (value) => value === undefined || check(value);
}

/** null is what JSON has for a number that is not known. */
export function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}
