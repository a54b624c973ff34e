/** Where one is: the room and what matters of its state, in the URL's fragment, so that a link leads there. */
import { signal } from "@preact/signals";

export interface Place {
  readonly room: string;
  readonly parameters: URLSearchParams;
}

/** Of a fragment such as `#step?f=exp(x)&x.x=2`. */
export function parsePlace(fragment: string): Place {
  const [room = "", query = ""] = fragment.replace(/^#/, "").split(/\?(.*)/s);
  return { room, parameters: new URLSearchParams(query) };
}

export function fragmentOf({ room, parameters }: Place): string {
  const query = parameters.toString();
  return `#${room}${query === "" ? "" : `?${query}`}`;
}

export const place = signal<Place>(parsePlace(location.hash));

addEventListener("hashchange", () => {
  place.value = parsePlace(location.hash);
});

/** Enters a room; the browser's "back" leads here again. */
export function go(room: string, parameters: Readonly<Record<string, string>> = {}): void {
  location.hash = fragmentOf({ room, parameters: new URLSearchParams(parameters) });
}

/** Keeps what one has set in the fragment, without a new entry in the history. Empty text removes a key. */
export function keep(parameters: Readonly<Record<string, string>>): void {
  const next = new URLSearchParams(place.value.parameters);
  for (const [key, value] of Object.entries(parameters)) {
    if (value === "") next.delete(key);
    else next.set(key, value);
  }
  place.value = { ...place.value, parameters: next };
  history.replaceState(null, "", fragmentOf(place.value));
}
