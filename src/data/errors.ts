/** What to try otherwise, where that may help: each program has its own way of saying how. */
export type DataRemedy =
  | "other mirror"
  | "other folder"
  | "data set of a folder"
  | "other cache"
  | "address space";

/** One of several things that may help. */
export interface Advice {
  readonly words: string;
  /** Left out where every program can do it, or none. */
  readonly remedy?: DataRemedy;
}

/** Where WebAssembly finds no room for its memory. */
export const lessAddressSpace: readonly Advice[] = [
  { words: "raise the limit on address space (ulimit -v)" },
  { words: "let WebAssembly reserve less of it", remedy: "address space" },
];

interface DataErrorOptions extends ErrorOptions {
  /** What is said after the message, of which a program may leave out what it has no way of doing. */
  readonly advice?: readonly Advice[];
}

const choice = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** `Cannot do it: try again later or choose another.` */
export function withAdvice(what: string, words: readonly string[]): string {
  return `${what}${words.length > 0 ? `: ${choice.format(words)}` : ""}.`;
}

/**
 * What can be wrong with the data that the user supplies: a missing or malformed file, or files
 * that do not fit together. The message is meant for the user and needs no stack trace.
 */
export class DataError extends Error {
  override readonly name = "DataError";
  /** Where there is advice: what it is for, without a final period, and each thing that may help. */
  readonly advised: { readonly what: string; readonly advice: readonly Advice[] } | undefined;

  constructor(message: string, { advice, ...options }: DataErrorOptions = {}) {
    super(
      advice
        ? withAdvice(
            message,
            advice.map(({ words }) => words),
          )
        : message,
      options,
    );
    this.advised = advice && { what: message, advice };
  }
}
