/** What a process of a pool and the one that has started it tell each other. */

export type ToChild =
  /** The first: the URL of a module that exports `open`, what to call that with, and what messages may propose. */
  | {
      readonly kind: "open";
      readonly module: string;
      readonly setup: unknown;
      readonly flags: readonly string[] | undefined;
    }
  | { readonly kind: "task"; readonly task: unknown }
  | { readonly kind: "stop" };

export type FromChild =
  | { readonly kind: "opened" }
  | { readonly kind: "news"; readonly news: unknown }
  | { readonly kind: "outcome"; readonly outcome: unknown }
  | { readonly kind: "error"; readonly error: ErrorMessage };

/** An error in words. */
export interface ErrorMessage {
  readonly message: string;
  /** What the command should end with; undefined of a defect, whose message has a stack. */
  readonly code: number | undefined;
}
