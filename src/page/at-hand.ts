/** The network at hand, and what to say of files: what several rooms take in the same way. */
import { signal } from "@preact/signals";
import { CheckpointError } from "../checkpoints/errors.js";
import { DataError } from "../data/errors.js";
import { type Network, network } from "./network.js";

/** What is to be said of what has just been done, until the next thing is done. */
export interface Notice {
  readonly kind: "error" | "note";
  readonly text: string;
}

export const notice = signal<Notice | undefined>(undefined);

/** Does something that may fail by what people gave: it is then said in one sentence. */
export async function orSay(action: () => Promise<void>): Promise<void> {
  notice.value = undefined;
  try {
    await action();
  } catch (error) {
    if (!(error instanceof DataError || error instanceof CheckpointError)) throw error;
    notice.value = { kind: "error", text: error.message };
  }
}

/** In bytes: no checkpoint of a network that a page can use is larger. */
const LARGEST_NETWORK = 500e6;

/** Whether a file holds a network, by its first bytes: the length of a header below 4 GB, and its beginning. */
export async function isNetworkFile(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 9).arrayBuffer());
  return start.subarray(4, 8).every((byte) => byte === 0) && start[8] === "{".charCodeAt(0);
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
  const { parseNetwork } = await import("./network-file.js");
  const loaded = parseNetwork(new Uint8Array(await file.arrayBuffer()), file.name);
  network.value = loaded;
  return loaded;
}

/** Trains a small network, where the page can. */
export async function networkAtHand(): Promise<void> {}
