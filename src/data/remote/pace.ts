/** Telling a slow connection from one that will never do. */
import { inSeconds, RequestError } from "./failures.js";
import type { Limits } from "./limits.js";

/** A signal that is aborted when what is waited for does not come in time, or when another signal is. */
export class Watchdog {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(other: AbortSignal | undefined) {
    const own = this.#controller.signal;
    this.signal = other === undefined ? own : AbortSignal.any([own, other]);
  }

  /** From now on: aborts with the error after so many milliseconds, unless it is stopped or started anew. */
  start(milliseconds: number, error: Error): void {
    this.stop();
    this.#timer = setTimeout(() => this.#controller.abort(error), milliseconds);
  }

  /** Nothing is waited for any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** The same pieces; throws a {@link RequestError} if too few bytes come in the time. */
export async function* atLeast<Piece extends Uint8Array>(
  { bytes, milliseconds }: Limits["least"],
  pieces: AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  let [since, came] = [performance.now(), 0];
  for await (const piece of pieces) {
    came += piece.length;
    const now = performance.now();
    if (now - since >= milliseconds) {
      if (came < bytes) {
        throw new RequestError(
          `too slow: fewer than ${bytes} bytes came in ${inSeconds(milliseconds)}`,
        );
      }
      [since, came] = [now, 0];
    }
    yield piece;
  }
}
