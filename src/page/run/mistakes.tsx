/** The test images that the network is surest of, and wrong about. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { fromBase64 } from "../../bytes.js";
import { grouped, percentage } from "../../charts/numbers.js";
import type { RunView } from "../../live/index.js";
import { Pixels } from "./pixels.js";

const PLACES = 20;

export function Mistakes({ view }: { readonly view: RunView }): JSX.Element {
  const { started, mistakes } = view;
  const { rows = 28, columns = 28, classes = [] } = started ?? {};
  const shown = mistakes?.mistakes;
  const images = useMemo(() => shown?.map(({ pixels }) => fromBase64(pixels)), [shown]);
  const length = shown?.length ?? PLACES;
  return (
    <section class="panel" aria-labelledby="mistakes-title">
      <h2 id="mistakes-title">Its worst mistakes</h2>
      <p class="soft">
        {mistakes === undefined
          ? "The test images that it gets wrong and is most sure of. They appear after the first test."
          : `After epoch ${mistakes.epoch} it gets ${grouped(mistakes.wrong)} of ${grouped(mistakes.tested)} test images wrong, and is most sure of these. Below each: what it is → what it was taken for.`}
      </p>
      <ul class="tiles mistakes">
        {Array.from({ length }, (_, k) => {
          const mistake = shown?.[k];
          const image = images?.[k];
          if (mistake === undefined || image === undefined) {
            return (
              <li key={k}>
                <span class="blank" />
                <span class="answer">{"\u00a0"}</span>
              </li>
            );
          }
          const [is, taken] = [mistake.label, mistake.predicted].map((c) => classes[c] ?? "–");
          return (
            <li
              key={k}
              title={`test image ${mistake.index}, output ${percentage(mistake.output, 1)}`}
            >
              <Pixels rows={rows} columns={columns} values={image} />
              <span class="answer">
                <span class="unseen">
                  {is}, taken for {taken}, output {percentage(mistake.output, 1)}
                </span>
                <span aria-hidden="true">
                  {is} → {taken}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
