/** Those who watch a run: streams of events, each of which begins with the whole state. */
import type { ServerResponse } from "node:http";
import type { RunEvent } from "../../live/events.js";
import { Story } from "./story.js";

/** Browsers have at most six for one server, all their tabs together. */
const MOST_VIEWERS = 32;

/**
 * In bytes. A viewer for whom more than this waits to be sent is let go: its page will come back, and begin
 * with the state of then.
 */
const MOST_WAITING = 2 ** 20;

/** In milliseconds, for viewers and tunnels that take silence for an end. */
const HEARTBEAT = 10_000;

/** In milliseconds: how long a page waits before it comes back. */
const RETRY = 1000;

export class Viewers {
  readonly #streams = new Set<ServerResponse>();
  readonly #story = new Story();
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
    stream.write(`retry: ${RETRY}\n\n${this.#story.whole()}`);
    this.#streams.add(stream);
    stream.on("close", () => {
      if (this.#streams.delete(stream)) this.#onCount(this.#streams.size);
    });
    stream.on("error", () => {});
    this.#onCount(this.#streams.size);
  }

  send(event: RunEvent): void {
    const text = `data: ${JSON.stringify(event)}\n\n`;
    this.#story.add(event.event, text);
    this.#write(text);
  }

  /** The streams come to their end, after what was sent. */
  end(): void {
    clearInterval(this.#heart);
    for (const stream of this.#streams) stream.end();
  }

  #write(text: string): void {
    for (const stream of this.#streams) {
      if (stream.writableLength > MOST_WAITING) stream.destroy();
      else stream.write(text);
    }
  }
}
