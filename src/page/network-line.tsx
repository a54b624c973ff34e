/** The network at hand in a line, and how to have another. */
import type { JSX } from "preact";
import { percentage } from "../charts/numbers.js";
import { making } from "./at-hand.js";
import type { Network } from "./network.js";
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
        <b>{name}</b>{" "}
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
              : "A small network is being trained on the generated digits: it takes some seconds."}
          </p>
        )}
      </div>
      {what === "train" && <progress value={part} aria-label="how far the training is" />}
      <Choose accept={NETWORK_FILES} take={props.take} class={what ? "" : "primary"}>
        Load a network…
      </Choose>
    </div>
  );
}
