/** The network at hand in a line, and how to have another. */
import type { JSX } from "preact";
import { percentage } from "../charts/numbers.js";
import { making, orSay, stopTraining, trainAgain } from "./at-hand.js";
import { asked, choose, chosen } from "./choice.js";
import type { Network } from "./network.js";
import { served } from "./served.js";
import { Choose } from "./taking.js";

export const NETWORK_FILES = ".safetensors";

export function NetworkLine(props: {
  readonly network: Network;
  readonly take: (files: readonly File[]) => void;
}): JSX.Element {
  const { name, theta, activation, cost, testAccuracy } = props.network;
  const sizes = [theta[0]!.w.shape[1], ...theta.map(({ b }) => b.shape[0])];
  return (
    <p class="network-line">
      <span>
        <Name name={name} />{" "}
        <span class="soft">
          {sizes.join("–")} · {activation} · {cost}
          {testAccuracy === undefined ? "" : ` · ${percentage(testAccuracy)} of test images right`}
        </span>
      </span>
      <Choose accept={NETWORK_FILES} take={props.take}>
        Load another…
      </Choose>
    </p>
  );
}

/** What it is called; where there are several, they are there to choose from. */
function Name({ name }: { name: string }): JSX.Element {
  const names = (served.value?.runs ?? []).map((run) => run.name);
  if (names.length < 2) return <b>{name}</b>;
  const current = chosen.value === undefined ? "" : (asked.value ?? chosen.value);
  return (
    <label>
      Network{" "}
      <select value={current} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {current === "" && <option value="">{name}</option>}
        {names.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What to do where there is no network. */
export function Invitation(props: {
  readonly what: string;
  readonly take: (files: readonly File[]) => void;
}): JSX.Element {
  const { what, part } = making.value ?? {};
  return (
    <div class="invitation">
      <div role="status">
        {what === undefined ? (
          <p>
            There is no network yet. {props.what} <a href="#train">Train one in this page</a>, or
            load one that <code>train-mnist --save</code> has saved: choose its file, or drop it
            here.
          </p>
        ) : (
          <p>
            {what === "load"
              ? "The network is being loaded."
              : "A small network is being trained: that takes a few seconds."}
          </p>
        )}
      </div>
      {what === "train" && <progress value={part} aria-label="how far the training is" />}
      <div class="tools">
        {what !== "load" && (
          <button
            type="button"
            onClick={() => (what === "train" ? stopTraining() : void orSay(trainAgain))}
          >
            {what === "train" ? "Stop" : "Train a small one now"}
          </button>
        )}
        <Choose accept={NETWORK_FILES} take={props.take} class={what ? "" : "primary"}>
          Load a network…
        </Choose>
      </div>
    </div>
  );
}
