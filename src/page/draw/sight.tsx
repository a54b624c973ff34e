/** What the network sees of a drawing, and x̄, the gradient of one output by these pixels. */
import type { JSX } from "preact";
import { brief } from "../../charts/numbers.js";
import { HeatMap, largestIn } from "../heat-map.js";
import type { Network } from "../network.js";
import { drawing, reading, seen, stepAlong } from "./state.js";

export function Sight({ network }: { network: Network | undefined }): JSX.Element {
  const given = reading.value;
  const { rows, columns } = given ?? { rows: 28, columns: 28 };
  const pixels = given?.pixels ?? new Uint8Array(rows * columns);
  const answer = seen.value;
  const gradient = answer?.gradient ?? new Float64Array(rows * columns);
  const full = largestIn(gradient);
  const name = answer ? network?.classes[answer.chosen] : undefined;
  const placeOf = (k: number) => `row ${Math.floor(k / columns)}, column ${k % columns}`;
  return (
    <div class="sight">
      <div>
        <h2>What it sees</h2>
        <HeatMap
          values={pixels}
          columns={columns}
          kind="grey"
          scale={255}
          label={`What the network sees: ${rows}×${columns} pixels`}
          caption={`${rows}×${columns} pixels, 0 to 255`}
          textOf={(k) => `${placeOf(k)}: ${pixels[k]}`}
        />
      </div>
      <div>
        <h2>{name === undefined ? "x̄" : `x̄: more like ${name}?`}</h2>
        <HeatMap
          values={gradient}
          columns={columns}
          kind="signed"
          {...(full > 0 && { scale: full })}
          label={`x̄, the gradient of the output${name === undefined ? "" : ` for ${name}`} with respect to the pixels`}
          caption={
            answer
              ? `the strongest colour is ±${brief(full)}`
              : "the gradient with respect to the pixels"
          }
          textOf={(k) => `${placeOf(k)}: x̄ = ${answer ? brief(gradient[k]!) : "–"}`}
        />
      </div>
    </div>
  );
}

/** A small step along x̄, and whether the tangent was right about it. */
export function Along({ network }: { network: Network }): JSX.Element {
  const answer = seen.value;
  const { ground, strokes } = drawing.value;
  const made = strokes.length === 0 ? ground?.step : undefined;
  const step = made?.network === network ? made : undefined;
  const after = step && answer?.outputs[step.k];
  return (
    <div class="along">
      <button type="button" disabled={answer === undefined} onClick={stepAlong}>
        A step along x̄
      </button>
      <p role="status">
        {step && after !== undefined ? (
          <>
            a<sub>{network.classes[step.k]}</sub> was {brief(step.before)} and is {brief(after)}: x̄
            predicted a change of {signed(step.expected)}, and it was {signed(after - step.before)}.
          </>
        ) : (
          <span class="soft">
            changes each pixel by at most 16 of 255 grey levels, in the direction of x̄
          </span>
        )}
      </p>
    </div>
  );
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${brief(value)}`;
}

/** What x̄ is, in a few sentences. */
export function AboutBar({ network }: { network: Network }): JSX.Element {
  const answer = seen.value;
  const name = answer ? network.classes[answer.chosen] : "k";
  return (
    <p class="about-bar">
      x̄ = ∂a<sub>{name}</sub>/∂x says how much this output grows for each grey level of ink that a
      pixel gets. More ink raises it where x̄ is <span class="positive-ink">orange</span>, and lowers
      it where x̄ is <span class="negative-ink">blue</span>. One reverse sweep computes x̄, with ȳ = 1
      for this output and 0 for the others. It is the slope of a tangent: right for small changes,
      and the smaller they are, the better.
    </p>
  );
}
