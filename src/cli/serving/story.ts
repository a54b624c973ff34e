/** What has been told of a run so far, as one who comes later needs it. */
import type { RunEvent } from "../../live/events.js";

/** Each event of these kinds tells something new; of all others the last one tells all. */
const KEPT: readonly RunEvent["event"][] = ["epoch"];

/** In this order, whatever was told last. */
const ORDER: readonly RunEvent["event"][] = [
  ...(["started", "epoch", "mistakes", "progressed", "snapshot", "ended"] as const),
];

export class Story {
  readonly #told = new Map<RunEvent["event"], string[]>();

  /** @param text the event as viewers are sent it */
  add(event: RunEvent["event"], text: string): void {
    const before = KEPT.includes(event) ? this.#told.get(event) : undefined;
    if (before === undefined) this.#told.set(event, [text]);
    else before.push(text);
  }

  /** All that makes the present state, in one text. */
  whole(): string {
    return ORDER.flatMap((event) => this.#told.get(event) ?? []).join("");
  }
}
