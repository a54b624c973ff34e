/** Values of a wrong type: what was given, in words, and the errors that say so. */

/**
 * What something is, as the end of a sentence: `undefined`, `a string`, `an Int16Array`, `a matrix`, `the
 * result of add`. What comes from another realm, such as a frame or node:vm, is named alike.
 */
export function given(x: unknown): string {
  if (x === undefined || x === null || Number.isNaN(x)) return `${x}`;
  if (typeof x !== "object") return `a ${typeof x}`;
  const tag = tagOf(x);
  if (tag !== "Object") return tag === "Array" ? "an array" : `${articleOf(tag)} ${tag}`;
  if ("shape" in x && "kind" in x) {
    if (x.kind === "variable" || x.kind === "constant") return `a ${x.kind}`;
    if (x.kind === "application" && "name" in x) return `the result of ${x.name}`;
  }
  return isMatrix(x) ? "a matrix" : "an object";
}

/** Whether it has what a matrix has: a shape, and numbers. */
export function isMatrix(x: unknown): boolean {
  return isPlainObject(x) && "shape" in x && "data" in x && isNumbers(x.data);
}

/** A number or a text as it is, and anything else in words: where the type is right and the value may be wrong. */
export function shown(x: unknown): string {
  if (typeof x === "string") return JSON.stringify(x);
  if (typeof x === "bigint") return `${x}n`;
  return typeof x === "number" ? `${x}` : given(x);
}

/** An error that says what something should be, and what it is instead. */
export function unexpected(what: string, expected: string, x: unknown): TypeError {
  return new TypeError(`${what} should be ${expected}, not ${given(x)}`);
}

/** Throws a TypeError that begins with `what` unless it is an object with properties, no list and no Map. */
export function expectObject(what: string, x: unknown, expected: string): void {
  if (!isPlainObject(x)) throw unexpected(what, expected, x);
}

/** Whether it is an object with properties, and nothing that the language has a name for, such as a Map. */
export function isPlainObject(x: unknown): x is object {
  return typeof x === "object" && tagOf(x) === "Object";
}

/**
 * Throws a TypeError that begins with `what` unless it can be used as a Map: it gives values by their keys,
 * and its entries in turn. So does a Map of another realm.
 */
export function expectMap(what: string, x: unknown, expected: string): void {
  const { get, entries } = (x ?? {}) as Partial<Map<unknown, unknown>>;
  if (typeof get === "function" && typeof entries === "function") return;
  throw unexpected(what, expected, x);
}

/** Throws a TypeError that begins with `what` unless it is an array. */
export function expectArray(what: string, x: unknown, expected: string): void {
  if (!Array.isArray(x)) throw unexpected(what, expected, x);
}

/** Throws a TypeError that begins with `what` unless it is an array of objects with properties. */
export function expectObjects(what: string, x: unknown, each: string): void {
  expectArray(what, x, `an array of objects, ${each}`);
  for (const [k, item] of (x as unknown[]).entries()) {
    expectObject(`${what}[${k}]`, item, `an object, ${each}`);
  }
}

/** Throws a TypeError that begins with `what` unless it is an array, typed or not, that may hold numbers. */
export function expectNumbers(what: string, x: unknown): void {
  if (!Array.isArray(x) && !isNumbers(x)) throw unexpected(what, "an array of numbers", x);
}

/** Throws a TypeError that begins with `what` unless it is an array of bytes, such as a Buffer. */
export function expectBytes(what: string, x: unknown): void {
  if (tagOf(x) !== "Uint8Array") throw unexpected(what, "a Uint8Array", x);
}

/** Throws a TypeError that begins with `what` unless it is a text. */
export function expectText(what: string, x: unknown): void {
  if (typeof x !== "string") throw unexpected(what, "a string", x);
}

/** Whether it is a typed array that holds numbers, of any width. */
export function isNumbers(x: unknown): boolean {
  return ArrayBuffer.isView(x) && /^(Ui|I|F).*Array$/.test(tagOf(x));
}

/** What a value of the language itself says it is, whichever realm it is of: `Map`, `Array`, `Uint8Array`. */
function tagOf(x: unknown): string {
  return Object.prototype.toString.call(x).slice("[object ".length, -1);
}

function articleOf(noun: string): string {
  return /^[AEIO]/.test(noun) ? "an" : "a";
}
