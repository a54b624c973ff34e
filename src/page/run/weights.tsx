/** What each unit of the first layer looks for, as it changes. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type RunView, unpackedWeights } from "../../live/index.js";
import { Pixels } from "./pixels.js";

/** Shown before there are any. */
const PLACES = 40;

/** The part of the largest weight that has the full colour: few weights are larger. */
const FULL = 0.6;

export function FirstLayer({ view }: { readonly view: RunView }): JSX.Element {
  const { snapshot, started } = view;
  const firstLayer = snapshot?.firstLayer;
  const tiles = useMemo(() => firstLayer && unpackedWeights(firstLayer), [firstLayer]);
  const { rows = 28, columns = 28, layers } = started ?? {};
  const units = layers?.[1] ?? PLACES;
  const shown = Math.min(units, PLACES);
  const kind = layers?.length === 2 ? "outputs" : "hidden units";
  const into =
    started === undefined
      ? kind
      : shown === units
        ? `its ${units} ${kind}`
        : `${shown} of ${units} ${kind}`;
  return (
    <section class="panel" aria-labelledby="weights-title">
      <h2 id="weights-title">What the first layer looks for</h2>
      <p class="soft">
        The weights from {rows}×{columns} pixels into {into}. Ink lowers a unit where it is{" "}
        <span class="together">
          <span class="swatch negative" /> blue
        </span>
        , and raises it where it is{" "}
        <span class="together">
          <span class="swatch positive" /> orange
        </span>
        .
      </p>
      <ul class="tiles weights" aria-label={`Weights into ${shown} units, as images`}>
        {Array.from({ length: shown }, (_, u) => (
          <li key={u}>
            {tiles?.[u] ? (
              <Pixels
                rows={rows}
                columns={columns}
                values={tiles[u]}
                scale={FULL * (firstLayer?.scale ?? 1)}
                label={`unit ${u + 1}`}
              />
            ) : (
              <span class="blank" />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
