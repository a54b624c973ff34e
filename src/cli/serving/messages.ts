/** What a thread that serves the page, and the thread that it serves it for, say to each other. */
import type { RunEvent } from "../../live/index.js";

/** What the thread is started with is its options, and then: an event for all viewers, or the end. */
export type ToServer = { readonly event: RunEvent } | "close";

export type FromServer =
  | { readonly is: "listening"; readonly port: number; readonly address: string }
  /** It cannot listen, in words. */
  | { readonly is: "refused"; readonly message: string }
  | { readonly is: "watched"; readonly viewers: number };
