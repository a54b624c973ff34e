/** How long to wait for a server, how slow it may be, and how often to ask it again. */

/** In milliseconds, for the answer of one mirror, unless all of them together have less. */
export const PATIENCE = 15_000;

export interface Limits {
  /** In milliseconds, for each next piece of a file. */
  readonly stall: number;
  /** A server that sends fewer bytes than these in so many milliseconds is given up. */
  readonly least: { readonly bytes: number; readonly milliseconds: number };
}

/** A kilobyte a second: GPRS, the slowest of mobile networks, has about four. */
export const LIMITS: Limits = { stall: 15_000, least: { bytes: 30_000, milliseconds: 30_000 } };

export interface Retries {
  /** How often to ask again after a failure that may pass. */
  readonly most: number;
  /** The pause before the first, in milliseconds; each next is twice as long, up to 8 s. */
  readonly pause: number;
}

export const RETRIES: Retries = { most: 4, pause: 500 };
