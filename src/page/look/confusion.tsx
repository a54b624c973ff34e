/** The confusion matrix, each of whose fields shows its images. */
import type { JSX } from "preact";
import { counted } from "../../counted.js";
import { confusionMatrix } from "../../training/evaluation/metrics.js";

export interface Field {
  readonly label: number;
  readonly taken: number;
}

export function Confusion(props: {
  readonly predicted: Uint8Array;
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
  readonly chosen: Field | undefined;
  readonly choose: (field: Field | undefined) => void;
}): JSX.Element {
  const { predicted, labels, classes, chosen, choose } = props;
  const counts = confusionMatrix(predicted, labels, classes.length);
  return (
    <table class="confusion">
      <caption class="soft">
        Rows: what an image is. Columns: what it was taken for. Choose a number to see its images.
      </caption>
      <thead>
        <tr>
          <td />
          {classes.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counts.map((row, label) => {
          const all = row.reduce((sum, count) => sum + count, 0);
          return (
            <tr key={classes[label]}>
              <th scope="row">{classes[label]}</th>
              {row.map((count, taken) => {
                const isChosen = chosen?.label === label && chosen.taken === taken;
                const part = all === 0 ? 0 : count / all;
                // Mistakes are few: by a power of their part, a hundredth still has a sixth of the colour.
                const colour = label === taken ? 0.55 * part : 0.85 * part ** 0.4;
                return (
                  <td key={classes[taken]}>
                    {count === 0 ? (
                      <span class="none" />
                    ) : (
                      <button
                        type="button"
                        class={label === taken ? "right" : "wrong"}
                        style={{ "--part": colour.toFixed(3) }}
                        aria-pressed={isChosen}
                        aria-label={`${classes[label]} taken for ${classes[taken]}: ${counted(count, "image")}`}
                        onClick={() => choose(isChosen ? undefined : { label, taken })}
                      >
                        {count}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
