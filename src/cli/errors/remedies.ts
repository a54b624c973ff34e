/** The flag, or environment variable, for what an error proposes: other parts know of neither. */
import { type Advice, type DataRemedy, withAdvice } from "../../data/errors.js";
import type { EngineRemedy } from "../../engine/errors.js";
import { isAtHand } from "./at-hand.js";

type Remedy = DataRemedy | EngineRemedy;

/** What an error may have beside its message. */
interface Remedies {
  readonly remedy?: Remedy | undefined;
  readonly advised?: { readonly what: string; readonly advice: readonly Advice[] } | undefined;
}

const FLAGS: Readonly<Record<Remedy, string>> = {
  "other mirror": "--mirror <url>",
  "other folder": "--data-dir <dir>",
  "data set of a folder": "--dataset <name>",
  "other cache": "--cache-dir <dir>",
  "one thread": "--threads 1",
  "embedded kernels": "--backend embedded",
  "128 bits": "--simd 128",
  "BLAS file": "TRAIN_MNIST_BLAS",
  "address space": "NODE_OPTIONS=--disable-wasm-trap-handler",
};

/**
 * The error's message, with flags in parentheses behind what they are for, before a final period. Only those of the
 * command at hand are named, and of several things those that take others are left out.
 */
export function withRemedy({ message, remedy, advised }: Error & Remedies): string {
  if (advised !== undefined) {
    const possible = advised.advice.filter((each) => !each.remedy || isAtHand(FLAGS[each.remedy]));
    return withAdvice(
      advised.what,
      possible.map(({ words, remedy }) => (remedy ? `${words} (${FLAGS[remedy]})` : words)),
    );
  }
  if (remedy === undefined || !isAtHand(FLAGS[remedy])) return message;
  return message.replace(/\.?$/, ` (${FLAGS[remedy]})$&`);
}
