/** Where a run is, in a line of numbers and a bar. */
import type { JSX } from "preact";
import { grouped, percentage } from "../../charts/numbers.js";
import type { RunView } from "../../live/index.js";

export function ProgressLine({ view }: { readonly view: RunView }): JSX.Element {
  const { started, epochs, progress, ended } = view;
  const last = epochs.at(-1);
  const planned = started?.settings.epochs;
  const isOver = ended?.reason === "finished";
  const at = isOver ? epochs.length : Math.min(epochs.length + 1, planned ?? 1);
  const images = progress?.images ?? 0;
  const size = started?.trainSize ?? 1;
  const done = epochs.length + (progress ? images / size : 0);
  const speed = progress?.imagesPerSecond || last?.imagesPerSecond;
  const figures: readonly [string, string][] = [
    ["epoch", planned === undefined ? "–" : `${at} of ${grouped(planned)}`],
    ["images of this epoch", progress ? `${grouped(images)} of ${grouped(size)}` : "–"],
    ["images per second", speed ? grouped(Math.round(speed)) : "–"],
    ["test images right", last?.testAccuracy === undefined ? "–" : percentage(last.testAccuracy)],
  ];
  return (
    <div class="progress-line">
      <dl>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <progress
        aria-label="Progress of the run"
        max={planned ?? 1}
        value={isOver ? (planned ?? 1) : done}
      />
    </div>
  );
}
