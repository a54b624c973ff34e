/** What is given in place of a trainer. */
import { unexpected } from "../given.js";

/** Throws a TypeError that begins with `what` unless it trains. */
export function expectTrainer(what: string, x: unknown): void {
  if (typeof (x as { trainEpoch?: unknown } | null | undefined)?.trainEpoch === "function") return;
  throw unexpected(what, "a Trainer", x);
}
