/** The events of a run of the command, as they come; when the stream breaks off, it is resumed. */
import { signal } from "@preact/signals";
import { NOTHING, type RunEvent, type RunView, reduce } from "../../live/index.js";

/** `lost` while it is tried again; `over` when the run has ended, after which nothing more comes. */
export type StreamState = "connecting" | "live" | "lost" | "over";

export const view = signal<RunView>(NOTHING);
export const state = signal<StreamState>("connecting");

/** Milliseconds before another attempt; each is twice as long after the one before, up to the last. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

/**
 * Watches until the returned function is called, while the page is seen: browsers have few connections for
 * one server, all tabs together, and whoever comes back begins with the whole state.
 */
export function watch(url: string): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT;
  const leave = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const connect = () => {
    leave();
    source = new EventSource(url);
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      wait = FIRST_WAIT;
      view.value = reduce(view.value, JSON.parse(data) as RunEvent);
      const isOver = view.value.ended !== undefined;
      state.value = isOver ? "over" : "live";
      if (isOver) leave();
    });
    source.addEventListener("error", () => {
      leave();
      state.value = "lost";
      timer = setTimeout(connect, wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    });
  };
  const follow = () => {
    if (document.hidden) leave();
    else if (state.value !== "over") connect();
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    leave();
  };
}
