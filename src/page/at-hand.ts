/** The network at hand, and what to say of files: what several rooms take in the same way. */

import { effect, signal } from "@preact/signals";
import { CheckpointError } from "../checkpoints/errors.js";
import { isSafetensors, TELLING_BYTES } from "../checkpoints/safetensors.js";
import { DataError } from "../data/errors.js";
import { asked, chosen, keepChoice, takeServed } from "./choice.js";
import { datasetAtHand } from "./dataset.js";
import { PageError } from "./error.js";
import { type Network, network } from "./network.js";
import { place } from "./place.js";
import { askWhatIsServed, type Served } from "./served.js";

/** What was wrong with what has just been done, until the next thing is done. */
export const notice = signal("");

/** Errors whose messages are meant for people. */
const KINDS = [DataError, CheckpointError, PageError];

/** Does something that may fail by what people gave: it is then said in one sentence. */
export async function orSay(action: () => Promise<void>): Promise<void> {
  notice.value = "";
  try {
    await action();
  } catch (error) {
    if (!KINDS.some((kind) => error instanceof kind)) throw error;
    notice.value = (error as Error).message;
  }
}

/** In bytes: no checkpoint of a network that a page can use is larger. */
const LARGEST_NETWORK = 500e6;

/** Whether a file holds a network, by its first bytes. */
export async function isNetworkFile(file: Blob): Promise<boolean> {
  return isSafetensors(new Uint8Array(await file.slice(0, TELLING_BYTES).arrayBuffer()));
}

/**
 * Makes the network in a file the one at hand.
 *
 * @throws {CheckpointError} unless the file is an undamaged checkpoint
 */
export async function loadNetwork(file: File): Promise<Network> {
  if (file.size > LARGEST_NETWORK) {
    throw new CheckpointError(
      `${file.name} has ${file.size} bytes; expected at most ${LARGEST_NETWORK} of a network.`,
    );
  }
  const loaded = await parsed(await file.arrayBuffer(), file.name);
  network.value = loaded;
  keepChoice();
  return loaded;
}

/** What is being done to have a network; undefined where that is nothing. */
export const making = signal<
  { readonly what: "load" | "train"; readonly part: number } | undefined
>(undefined);

/**
 * Sees to it that there is a network: of those that the page's server names the one that the address asks
 * for, or the first where there is none; or else a small one, trained at once. What one gives the page in the
 * meantime stays.
 *
 * @throws {CheckpointError} if the one that is named cannot be loaded
 * @throws {DataError} if there is nothing to train on
 * @throws {PageError} if nothing can be trained here, or the server has no network of the name
 */
export async function networkAtHand(): Promise<void> {
  const { room } = place.peek();
  const { runs } = await askWhatIsServed();
  const name = asked.peek();
  const named = runs.find((run) => run.name === name);
  const run = named ?? (network.peek() === undefined ? runs[0] : undefined);
  if (run === undefined) await smallNetwork();
  else if (run.name !== chosen.peek()) await loadServed(run);
  if (name !== undefined && named === undefined) {
    throw new PageError(`There is no network ${name} here: the address asks for it.`);
  }
  if (place.peek().room === room) keepChoice();
}

async function loadServed(run: Served["runs"][number]): Promise<void> {
  const [before, name] = [network.peek(), asked.peek()];
  making.value = { what: "load", part: 0 };
  try {
    const loaded = await namedNetwork(run);
    if (asked.peek() === name && network.peek() === before) takeServed(run.name, loaded);
  } finally {
    making.value = undefined;
  }
}

let training: { readonly over: Promise<void>; readonly stopping: AbortController } | undefined;

/** Whether one has had enough of it: then it is begun again only when that is asked for. */
let isUnwanted = false;

/** A small network is trained, or is being trained, unless there is one. */
async function smallNetwork(): Promise<void> {
  if (network.peek() !== undefined || isUnwanted) return;
  if (training === undefined) {
    const stopping = new AbortController();
    training = { stopping, over: trainSmallNetwork(stopping) };
  }
  await training.over;
}

export async function trainAgain(): Promise<void> {
  isUnwanted = false;
  await smallNetwork();
}

export function stopTraining(): void {
  isUnwanted = true;
  training?.stopping.abort();
}

async function trainSmallNetwork(stopping: AbortController): Promise<void> {
  // Whoever has given the page a network waits for no other.
  const stopWatching = effect(() => {
    if (network.value !== undefined) stopping.abort();
  });
  making.value = { what: "train", part: 0 };
  try {
    const { train, ...data } = await datasetAtHand({ train: true });
    if (train === undefined) return;
    const { NAME, trainQuickly } = await import("./training/quick.js");
    const { signal } = stopping;
    const onProgress = (part: number) => {
      making.value = { what: "train", part };
    };
    const bytes = await trainQuickly({ ...data, train }, { signal, onProgress });
    const quick = bytes && (await parsed(bytes, NAME));
    network.value ??= quick;
  } finally {
    stopWatching();
    making.value = undefined;
    training = undefined;
  }
}

/** A network that was named to the page's server. */
async function namedNetwork({ name, file }: Served["runs"][number]): Promise<Network> {
  let bytes: ArrayBuffer;
  try {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`status ${response.status}`);
    bytes = await response.arrayBuffer();
  } catch (cause) {
    const message = `The network ${name} could not be loaded: reload the page to try again.`;
    throw new CheckpointError(message, { cause });
  }
  return parsed(bytes, name);
}

async function parsed(bytes: ArrayBuffer | Uint8Array, name: string): Promise<Network> {
  const { parseNetwork } = await import("./given/network-file.js");
  return parseNetwork(new Uint8Array(bytes), name);
}
