/** What there is beside the page: `data/index.json`, which whoever serves it writes. */
import { signal } from "@preact/signals";
import type { Collection } from "../data/collections.js";

export type ServedSet = Collection & { readonly name: string };

/** A data set elsewhere, at a host that permits pages of other hosts to read it. */
export interface MirroredSet extends ServedSet {
  /** How many bytes are to be fetched. */
  readonly bytes: number;
  /** What is known of its files, by their addresses: without gzip, their lengths and digests. */
  readonly known: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

export interface Served {
  /** Data sets, as IDX files packed with gzip or not: the generated digits are there in any case. */
  readonly sets: readonly ServedSet[];
  /** The name of the one to begin with; the generated digits if left out. */
  readonly begin?: string;
  /** Data sets that are only fetched when one asks for them. */
  readonly mirrored?: readonly MirroredSet[];
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
