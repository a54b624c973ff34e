/** Those who watch a run: streams of events, each of which begins with the whole state. */
import type { ServerResponse } from "node:http";
import type { RunEvent } from "../../live/index.js";
import { NOTHING, reduce } from "../../live/view.js";

/** Browsers have at most six for one server, all their tabs together. */
const MOST_VIEWERS = 32;

/**
 * In bytes, beyond the state that it began with. A viewer for whom more than this waits to be sent is let go:
 * its page will come back, and begin with the state of then.
 */
const MOST_WAITING = 2 ** 20;

/** In milliseconds, for viewers and tunnels that take silence for an end. */
const HEARTBEAT = 10_000;

/** In milliseconds: how long a page waits before it comes back. */
const RETRY = 1000;

export class Viewers {
  /** Each with how many bytes may wait to be sent. */
  readonly #streams = new Map<ServerResponse, number>();
  #view = NOTHING;
  readonly #onCount: (count: number) => void;
  readonly #heart: NodeJS.Timeout;

  /** @param onCount is told how many viewers there are when that changes */
  constructor(onCount: (count: number) => void = () => {}) {
    this.#onCount = onCount;
    this.#heart = setInterval(() => this.#write(":\n\n"), HEARTBEAT).unref();
  }

  get isFull(): boolean {
    return this.#streams.size >= MOST_VIEWERS;
  }

  /** From here on the events go there, too; its head is written. */
  join(stream: ServerResponse): void {
    const state = textOf({ event: "joined", view: this.#view });
    stream.write(`retry: ${RETRY}\n\n${state}`);
    this.#streams.set(stream, MOST_WAITING + state.length);
    stream.on("close", () => {
      if (this.#streams.delete(stream)) this.#onCount(this.#streams.size);
    });
    stream.on("error", () => {});
    this.#onCount(this.#streams.size);
  }

  send(event: RunEvent): void {
    this.#view = reduce(this.#view, event);
    if (this.#streams.size > 0) this.#write(textOf(event));
  }

  /** The streams come to their end, after what was sent. */
  end(): void {
    clearInterval(this.#heart);
    for (const stream of this.#streams.keys()) stream.end();
  }

  #write(text: string): void {
    for (const [stream, most] of this.#streams) {
      if (stream.writableLength > most) stream.destroy();
      else stream.write(text);
    }
  }
}

function textOf(event: RunEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
