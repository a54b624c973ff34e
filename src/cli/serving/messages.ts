/** What a thread that serves the page, and the thread that it serves it for, say to each other. */

import type { Images } from "../../data/dataset.js";
import type { NetworkState, RunEvent } from "../../live/index.js";
import type { ServingOptions } from "./serve.js";

/** What the thread is started with; the test images are those that snapshots show. */
export interface ThreadData extends Pick<ServingOptions, "site" | "port"> {
  readonly test: Images;
}

/** Handled one after the other: an event for all viewers, a network to make a snapshot of, or the end. */
export type ToServer = { readonly event: RunEvent } | { readonly state: NetworkState } | "close";

export type FromServer =
  | { readonly is: "listening"; readonly port: number; readonly address: string }
  /** It cannot listen, in words. */
  | { readonly is: "refused"; readonly message: string }
  | { readonly is: "viewers"; readonly viewers: number }
  /** The snapshot has been sent, and the next state may come. */
  | { readonly is: "idle" };
