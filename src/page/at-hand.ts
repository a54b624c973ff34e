/** The network at hand, and what to say of files: what several rooms take in the same way. */

import { signal } from "@preact/signals";
import { CheckpointError } from "../checkpoints/errors.js";
import { isSafetensors, TELLING_BYTES } from "../checkpoints/safetensors.js";
import { DataError } from "../data/errors.js";
import { datasetAtHand } from "./dataset.js";
import { PageError } from "./error.js";
import { type Network, network } from "./network.js";
import { askWhatIsServed, type Served } from "./served.js";

/** What is to be said of what has just been done, until the next thing is done. */
export interface Notice {
  readonly kind: "error" | "note";
  readonly text: string;
}

export const notice = signal<Notice | undefined>(undefined);

/** Errors whose messages are meant for people. */
const KINDS = [DataError, CheckpointError, PageError];

/** Does something that may fail by what people gave: it is then said in one sentence. */
export async function orSay(action: () => Promise<void>): Promise<void> {
  notice.value = undefined;
  try {
    await action();
  } catch (error) {
    if (!KINDS.some((kind) => error instanceof kind)) throw error;
    notice.value = { kind: "error", text: (error as Error).message };
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
  const { parseNetwork } = await import("./given/network-file.js");
  const loaded = parseNetwork(new Uint8Array(await file.arrayBuffer()), file.name);
  network.value = loaded;
  return loaded;
}

/** What is being done to have a network; undefined where that is nothing. */
export const making = signal<
  { readonly what: "load" | "train"; readonly part: number } | undefined
>(undefined);

let made: Promise<void> | undefined;

/**
 * Sees to it that there is a network: the one that the page's server names, or else a small one, trained at
 * once. What one gives the page in the meantime stays.
 *
 * @throws {CheckpointError} if the one that is named cannot be loaded
 * @throws {DataError} if there is nothing to train on
 * @throws {PageError} if nothing can be trained here
 */
export async function networkAtHand(): Promise<void> {
  if (network.value !== undefined) return;
  made ??= make();
  try {
    await made;
  } finally {
    made = undefined;
    making.value = undefined;
  }
}

async function make(): Promise<void> {
  const [named] = (await askWhatIsServed()).runs;
  if (named !== undefined) {
    making.value = { what: "load", part: 0 };
    const loaded = await namedNetwork(named);
    network.value ??= loaded;
    return;
  }
  making.value = { what: "train", part: 0 };
  const { train, ...data } = await datasetAtHand({ train: true });
  if (train === undefined) return;
  const { trainQuickly } = await import("./training/quick.js");
  const quick = await trainQuickly({ ...data, train }, (part) => {
    making.value = { what: "train", part };
  });
  network.value ??= quick;
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
  const { parseNetwork } = await import("./given/network-file.js");
  return parseNetwork(new Uint8Array(bytes), name);
}
