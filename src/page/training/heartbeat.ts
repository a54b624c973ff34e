/**
 * Whether a worker is still there. Browsers may end one without a word, for its memory. So whoever has heard
 * nothing for a while asks for a sign of life, which a worker that trains gives between two steps.
 *
 * Only time in which the page is seen counts, by ticks and not by the clock: where a page is throttled or
 * frozen, few or none come, and those that were missed do not come later.
 */

/** Milliseconds from one tick to the next. */
export const TICK = 5000;

/** So many ticks without a word are silence: a minute, which is longer than almost any step takes. */
export const MOST = 12;

export interface HeartbeatOptions {
  /** Asks the worker for a sign of life. */
  readonly ask: () => void;
  /** Whether ticks count now. */
  readonly isSeen: () => boolean;
  /** Told when it has become silent, and when it is heard again. */
  readonly onChange: (isSilent: boolean) => void;
}

export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #missed = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** From now on something is to be heard. */
  start(): void {
    this.stop();
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#missed = 0;
  }

  heard(): void {
    const wasSilent = this.#missed >= MOST;
    this.#missed = 0;
    if (wasSilent) this.#options.onChange(false);
  }

  #tick(): void {
    const { ask, isSeen, onChange } = this.#options;
    if (!isSeen()) return;
    this.#missed++;
    if (this.#missed === MOST) onChange(true);
    else if (this.#missed < MOST) ask();
  }
}
