/** What there is beside the page: `data/index.json`, which whoever serves it writes. */
import { signal } from "@preact/signals";

import type { Collection } from "../data/collections.js";

export interface Served {
  /** Data sets, as IDX files packed with gzip or not: the generated digits are there in any case. */
  readonly sets: readonly (Collection & { readonly name: string })[];
  /** Saved networks to look at. */
  readonly runs: readonly { readonly name: string; readonly file: string }[];
  /** Where the events of a run are that is being trained, if there is one to watch. */
  readonly events?: string;
}

const NOTHING: Served = { sets: [], runs: [] };

/** Undefined until it is known. */
export const served = signal<Served | undefined>(undefined);

/** Where there is no such file, there is nothing beside the page but the generated digits. */
export async function askWhatIsServed(): Promise<Served> {
  served.value ??= await read();
  return served.value;
}

async function read(): Promise<Served> {
  try {
    const response = await fetch("data/index.json");
    return response.ok ? { ...NOTHING, ...((await response.json()) as Partial<Served>) } : NOTHING;
  } catch {
    return NOTHING;
  }
}
