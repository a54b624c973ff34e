/** Maps that functions are given. */
import { unexpected } from "../../given.js";

/**
 * Throws a TypeError that begins with `what` unless it can be used as a Map: it gives values by their keys,
 * and its entries in turn. So does a Map of another realm, such as a frame or node:vm.
 */
export function expectMap(what: string, x: unknown, expected: string): void {
  const { get, entries } = (x ?? {}) as Partial<Map<unknown, unknown>>;
  if (typeof get === "function" && typeof entries === "function") return;
  throw unexpected(what, expected, x);
}
