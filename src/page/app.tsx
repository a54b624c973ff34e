/** The frame around the rooms: their names to choose from, and the room that one is in. */
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { place } from "./place.js";
import { type Room, rooms } from "./rooms.js";

/** Where the documents are, from the page; empty where there are none. */
declare const DOCUMENTS: string;

export function App(): JSX.Element {
  const offered = rooms.filter(({ isOffered }) => isOffered?.() ?? true);
  const room = rooms.find(({ name }) => name === place.value.room) ?? (offered[0] as Room);
  return (
    <>
      <a class="skip" href={`#${room.name}`} onClick={focusOnRoom}>
        Skip to content
      </a>
      <header class="top">
        <span class="brand">train-mnist</span>
        <nav aria-label="Sections">
          {offered.map(({ name, title }) => (
            <a key={name} href={`#${name}`} aria-current={name === room.name ? "page" : undefined}>
              {title}
            </a>
          ))}
          {DOCUMENTS !== "" && <a href={DOCUMENTS}>Documents</a>}
        </nav>
      </header>
      <main id="room" tabIndex={-1}>
        <Loaded key={room.name} room={room} />
      </main>
    </>
  );
}

function focusOnRoom(event: Event): void {
  event.preventDefault();
  document.getElementById("room")?.focus();
}

/** A room, as soon as its code is here. */
function Loaded({ room }: { room: Room }): JSX.Element {
  const loaded: Signal<{ Content: ComponentType } | undefined> = useSignal(undefined);
  const failure = useSignal("");
  useEffect(() => {
    document.title = `${room.title} · train-mnist`;
    room.load().then(
      (Content) => {
        loaded.value = { Content };
      },
      () => {
        failure.value = "This part of the page could not be loaded: reload the page to try again.";
      },
    );
  }, [room]);
  const Content = loaded.value?.Content;
  return (
    <>
      <h1>{room.title}</h1>
      {failure.value !== "" && <p role="alert">{failure}</p>}
      {Content && <Content />}
    </>
  );
}
