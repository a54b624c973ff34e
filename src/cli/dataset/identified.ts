/** A data set together with what identifies it. */
import { type DatasetIdentity, identityOf } from "../../checkpoints/index.js";
import type { Dataset } from "../../data/dataset.js";
import { collectGarbage } from "./collect-garbage.js";
import { loadDataset } from "./load.js";

export interface Identified {
  readonly dataset: Dataset;
  readonly identity: DatasetIdentity;
}

type Flags = Parameters<typeof loadDataset>[0] & {
  readonly quiet?: boolean;
  readonly json?: boolean;
};

/**
 * What the flags name; what it was read with is freed. Throws the reason of the signal if that comes while it is being
 * fetched.
 */
export async function loadIdentified(flags: Flags, signal: AbortSignal): Promise<Identified> {
  const dataset = await loadDataset(flags, Boolean(flags.quiet || flags.json), signal);
  const identity = identityOf(dataset);
  await collectGarbage();
  return { dataset, identity };
}
