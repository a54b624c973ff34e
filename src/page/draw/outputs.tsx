/** What the network answers: an output for each class, one of which is looked into. */
import type { JSX } from "preact";
import type { Network } from "../network.js";
import { keep } from "../place.js";
import { seen, wanted } from "./state.js";

export function Outputs({ network }: { network: Network }): JSX.Element {
  const answer = seen.value;
  const { classes, cost } = network;
  return (
    <fieldset class="outputs">
      <legend>{cost === "softmax" ? "Probabilities" : "Outputs"}</legend>
      <label class="winner">
        <input
          type="radio"
          name="output"
          checked={wanted.value === undefined}
          onChange={() => keep({ output: "" })}
        />
        <span>explain the largest, or choose one:</span>
      </label>
      {classes.map((name, k) => {
        const value = answer?.outputs[k] ?? 0;
        const isWinner = answer?.predicted === k;
        return (
          <label
            key={name}
            class={`${isWinner ? "won" : ""} ${answer?.chosen === k ? "chosen" : ""}`}
          >
            <input
              type="radio"
              name="output"
              checked={wanted.value === k}
              onChange={() => keep({ output: String(k) })}
            />
            <span class="name">{name}</span>
            <span class="track">
              <span class="bar" style={{ width: `${100 * Math.min(1, Math.max(0, value))}%` }} />
            </span>
            <output class="value">{answer ? value.toFixed(3) : "–"}</output>
          </label>
        );
      })}
    </fieldset>
  );
}
