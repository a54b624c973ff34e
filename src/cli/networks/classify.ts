/** What networks make of images, each by itself and all together. */
import type { Executor } from "../../autodiff/index.js";
import type { Unlabelled } from "../../data/index.js";
import { committee } from "../../training/evaluation/committee.js";
import { type Classification, classify } from "../../training/index.js";
import type { Network } from "./read.js";

export interface Classified extends Pick<Classification, "predicted" | "outputs"> {
  /** Of each network. */
  readonly members: readonly Classification[];
}

/** Throws what `classify` does. Stops between two batches if the signal comes. */
export async function classifyBy(
  networks: readonly Network[],
  images: Unlabelled,
  executor: Executor,
  watch: { readonly signal?: AbortSignal } = {},
): Promise<Classified> {
  const members: Classification[] = [];
  for (const network of networks) {
    members.push(await classify(network, images, executor, watch));
    if (watch.signal?.aborted) break;
  }
  return { ...committee(members as [Classification, ...Classification[]]), members };
}
