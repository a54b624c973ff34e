/** What the network at hand makes of the test images at hand, computed beside the page. */
import { effect, signal } from "@preact/signals";
import { dataset, titleOf } from "../dataset.js";
import type { PageDataset } from "../given/data-files.js";
import { type Network, network } from "../network.js";
import type { Answer, Request } from "./worker.js";

export interface TestedHere {
  readonly network: Network;
  readonly dataset: PageDataset;
  /** The class of each test image. */
  readonly predicted: Uint8Array;
  /** a^L, one image after the other. */
  readonly outputs: Float64Array;
}

export type Testing =
  | { readonly state: "waiting" }
  | { readonly state: "running"; readonly part: number }
  | { readonly state: "done"; readonly tested: TestedHere }
  | { readonly state: "failed"; readonly message: string };

export const testing = signal<Testing>({ state: "waiting" });

let worker: Worker | undefined;
let last: readonly [Network, PageDataset] | undefined;

/** Tests the network whenever it, or the data set, is another. @returns what stops that */
export function keepTested(): () => void {
  return effect(() => {
    const [net, data] = [network.value, dataset.value];
    if (net === undefined || data === undefined) return;
    if (last?.[0] === net && last[1] === data) return;
    last = [net, data];
    start(net, data);
  });
}

function start(net: Network, data: PageDataset): void {
  worker?.terminate();
  if (net.classes.length !== data.classes) {
    const message = `The network tells ${net.classes.length} classes apart, but ${titleOf(data)} has ${data.classes}: choose other images under Train, or load another network.`;
    testing.value = { state: "failed", message };
    return;
  }
  testing.value = { state: "running", part: 0 };
  const started = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker = started;
  const fail = (message: string) => {
    // What failed may be tried again.
    last = undefined;
    testing.value = { state: "failed", message };
    started.terminate();
  };
  started.addEventListener("message", ({ data: told }: MessageEvent<Answer>) => {
    if (worker !== started) return;
    if ("part" in told) testing.value = { state: "running", part: told.part };
    else if ("message" in told) fail(told.message);
    else {
      testing.value = { state: "done", tested: { network: net, dataset: data, ...told } };
      started.terminate();
    }
  });
  started.addEventListener("error", () => {
    if (worker !== started) return;
    fail(
      "The test images could not be read: the thread that reads them has stopped unexpectedly. Leave Look and come back to try once more.",
    );
  });
  const { rows, columns, count, pixels } = data.test;
  const request: Request = {
    layers: net.theta,
    settings: { activation: net.activation, cost: net.cost },
    images: { rows, columns, count, pixels },
  };
  started.postMessage(request);
}
