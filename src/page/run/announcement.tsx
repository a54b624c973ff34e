/** What is said of a run to those who do not see it: its turns at once, its epochs now and then. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { percentage } from "../../charts/numbers.js";
import type { RunView } from "../../live/index.js";

/** Between two epochs that are said. */
const SECONDS = 15;

export function Announcement({
  view,
  advice = "",
  turn,
}: {
  readonly view: RunView;
  /** What its hint says. */
  readonly advice?: string | undefined;
  readonly turn: string;
}): JSX.Element {
  const said = useSignal("");
  const next = useRef(0);
  const { epochs } = view;
  useEffect(() => {
    const last = epochs.at(-1);
    if (last === undefined || performance.now() < next.current) return;
    next.current = performance.now() + 1000 * SECONDS;
    const accuracy =
      last.testAccuracy === undefined ? "" : `, ${percentage(last.testAccuracy, 1)} right`;
    said.value = `Epoch ${last.epoch}${accuracy}. ${advice}`;
  }, [epochs]);
  useEffect(() => {
    said.value = `${turn} ${advice}`;
  }, [turn]);
  return (
    <p class="unseen" role="status">
      {said}
    </p>
  );
}
