/** What a thread that serves the page, and the thread that it serves it for, say to each other. */

import type { Images } from "../../data/dataset.js";
import type { Glimpse, RunEvent } from "../../live/index.js";
import type { ServingOptions } from "./serve.js";

/** What the thread is started with; the test images are those that glimpses are of. */
export interface ThreadData extends Pick<ServingOptions, "site" | "port"> {
  readonly test: Images;
}

/** Heeded one after the other: an event for all viewers, a glimpse to tell them of, or the end. */
export type ToServer = { readonly event: RunEvent } | { readonly glimpse: Glimpse } | "close";

export type FromServer =
  | { readonly is: "listening"; readonly port: number; readonly address: string }
  /** It cannot listen, in words. */
  | { readonly is: "refused"; readonly message: string }
  | { readonly is: "watched"; readonly viewers: number }
  /** Viewers have been told of the glimpse, and the next may come. */
  | { readonly is: "rested" };
