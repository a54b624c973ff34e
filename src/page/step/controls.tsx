/** Forward and back: buttons, keys, a slider; and what the last step did. */
import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { sentenceAt } from "./model/words.js";
import { goTo, playing, position, sweep, values } from "./state.js";

/** How long a step is looked at while it plays, in milliseconds. */
const PACE = 1600;

export function Controls(): JSX.Element {
  const { steps, turn } = sweep.value;
  const last = steps.length;
  const at = position.value;
  useKeys();
  usePlay();
  return (
    <section class="controls" aria-label="Steps">
      <div class="tools">
        <button type="button" onClick={() => goTo(0)} disabled={at === 0} aria-label="To the start">
          ⇤
        </button>
        <button
          type="button"
          onClick={() => goTo(at - 1)}
          disabled={at === 0}
          aria-label="One step back"
        >
          ←
        </button>
        <button type="button" class="primary" onClick={() => goTo(at + 1)} disabled={at === last}>
          Step →
        </button>
        <button type="button" onClick={toggle} aria-pressed={playing.value}>
          {playing.value ? "Pause" : "Play"}
        </button>
        <button
          type="button"
          onClick={() => goTo(last)}
          disabled={at === last}
          aria-label="To the end"
        >
          ⇥
        </button>
      </div>
      <div class="track">
        <input
          type="range"
          min={0}
          max={last}
          value={at}
          aria-label="Step"
          aria-valuetext={phaseOf(at, turn, last)}
          onInput={({ currentTarget }) => goTo(Number(currentTarget.value))}
        />
        <Phases turn={turn} last={last} at={at} />
      </div>
      <p class="sentence" aria-live="polite">
        {sentenceAt(sweep.value, values.value, at)}
      </p>
    </section>
  );
}

/** Below the slider: where the forward pass ends, and the sweep back begins. */
function Phases({ turn, last, at }: { turn: number; last: number; at: number }): JSX.Element {
  return (
    <div class="phases" style={{ gridTemplateColumns: `${turn}fr ${last - turn}fr` }}>
      <span class={`forward ${at > 0 && at <= turn ? "now" : ""}`}>
        forward {Math.min(at, turn)}/{turn}
      </span>
      <span class={`backward ${at > turn ? "now" : ""}`}>
        back {Math.max(at - turn, 0)}/{last - turn}
      </span>
    </div>
  );
}

function phaseOf(at: number, turn: number, last: number): string {
  if (at === 0) return "start";
  return at <= turn ? `forward, ${at} of ${turn}` : `back, ${at - turn} of ${last - turn}`;
}

function toggle(): void {
  if (!playing.value && position.value === sweep.value.steps.length) goTo(0);
  playing.value = !playing.value;
}

function pause(): void {
  playing.value = false;
}

function usePlay(): void {
  useSignalEffect(() => {
    if (!playing.value) return;
    if (position.value === sweep.value.steps.length) {
      playing.value = false;
      return;
    }
    const timer = setTimeout(() => goTo(position.peek() + 1), PACE);
    return () => clearTimeout(timer);
  });
  useEffect(() => pause, []);
}

/** The arrow keys step wherever one is but in a field, or in what they scroll; Home and End only where they have no other use. */
function useKeys(): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const target = event.target as Element;
      if (target.closest("input, textarea, select, [contenteditable]")) return;
      const wide = target.closest(".wide, .equation, .formula");
      if (wide && wide.scrollWidth > wide.clientWidth) return;
      const next = {
        ArrowRight: position.value + 1,
        ArrowLeft: position.value - 1,
        ...(target.closest(".controls, .scroller") && { Home: 0, End: sweep.value.steps.length }),
      }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      playing.value = false;
      goTo(next);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
