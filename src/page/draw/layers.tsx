/** The activations of all hidden layers. */
import type { JSX } from "preact";
import { superscript } from "../../autodiff/index.js";
import { brief } from "../../charts/numbers.js";
import { HeatMap, largestIn } from "../heat-map.js";
import type { Network } from "../network.js";
import { gridColumns } from "./grid.js";
import { seen, unit } from "./state.js";

export function Layers({ network }: { network: Network }): JSX.Element {
  const answer = seen.value;
  const hidden = network.theta.slice(0, -1);
  // Sigmoid and ReLU give nothing below 0.
  const kind = /tanh/.test(network.activation) ? "signed" : "grey";
  return (
    <section class="layers" aria-labelledby="layers">
      <h2 id="layers">Activations</h2>
      {hidden.length === 0 && <p>This network has no hidden layer: its outputs see the pixels.</p>}
      {hidden.map(({ b }, l) => {
        const [units] = b.shape;
        const name = `a${superscript(l + 1)}`;
        const values = answer?.hidden[l] ?? new Float64Array(units);
        const scale = network.activation === "relu" ? largestIn(values) : 1;
        return (
          <div key={name} class="layer">
            <HeatMap
              values={values}
              columns={gridColumns(units)}
              kind={kind}
              scale={scale || 1}
              label={`${name}, the activations of ${units} hidden units`}
              caption={`${name}: ${units} units, ${network.activation}; full ink is ${brief(scale || 1)}`}
              textOf={(k) => `${name}, unit ${k + 1}: ${answer ? brief(values[k]!, 4) : "–"}`}
              {...(l === 0 && {
                onLook: (k: number | undefined) => {
                  unit.value = k;
                },
              })}
            />
          </div>
        );
      })}
    </section>
  );
}
