/** The events of a run of the command, as they come; when the stream breaks off, it is taken up again. */
import { signal } from "@preact/signals";
import { NOTHING, type RunEvent, type RunView, reduce } from "../../live/index.js";

/** `lost` while it is tried again; `over` when the run has ended, after which nothing more comes. */
export type StreamState = "connecting" | "live" | "lost" | "over";

export const view = signal<RunView>(NOTHING);
export const state = signal<StreamState>("connecting");

/** Milliseconds before another attempt; each is twice as long after the one before, up to the last. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

/** Watches until the returned function is called. */
export function watch(url: string): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT;
  const connect = () => {
    source = new EventSource(url);
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      wait = FIRST_WAIT;
      view.value = reduce(view.value, JSON.parse(data) as RunEvent);
      state.value = view.value.ended === undefined ? "live" : "over";
    });
    source.addEventListener("error", () => {
      source?.close();
      if (state.value === "over") return;
      state.value = "lost";
      timer = setTimeout(connect, wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
