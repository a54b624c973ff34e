/** Telling a slow connection from one that will never do. */
import { inSeconds, RequestError } from "./failures.js";
import type { Limits } from "./limits.js";

/** A signal that is aborted where something is waited for that does not come in time, or by another. */
export class Watch {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(other: AbortSignal | undefined) {
    const own = this.#controller.signal;
    this.signal = other === undefined ? own : AbortSignal.any([own, other]);
  }

  /** From now on, aborts with the error after so many milliseconds. */
  await(milliseconds: number, error: Error): void {
    this.rest();
    this.#timer = setTimeout(() => this.#controller.abort(error), milliseconds);
  }

  /** Nothing is waited for. */
  rest(): void {
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
