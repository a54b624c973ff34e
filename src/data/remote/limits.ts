/** How long to wait for a server, and how often to ask it again. */

/** In milliseconds. */
export interface Timeouts {
  /** For looking up the name, connecting and agreeing on TLS. */
  readonly connect: number;
  /** For the first and for each next piece of an answer. */
  readonly stall: number;
}

export interface Retries {
  /** How often to ask again after a failure that may pass. */
  readonly most: number;
  /** The pause before the first, in milliseconds; each next is twice as long, up to 8 s. */
  readonly pause: number;
}
