/** A data set at a mirror: it is taken if it is, to the last bit, the one that is known. */
import { sha256 } from "#platform";
import { joined } from "../../bytes.js";
import { DataError } from "../../data/errors.js";
import { parseIdx } from "../../data/idx.js";
import type { PageDataset } from "../given/data-files.js";
import { servedDataset } from "../given/data-files.js";
import { unpackedIdx } from "../given/idx-file.js";
import type { MirroredSet } from "../served.js";

export interface FetchOptions {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told the part that is done. */
  readonly onProgress: (part: number) => void;
}

export function hostOf({ files }: MirroredSet): string {
  return new URL(files.train.images).host;
}

/** @throws {DataError} if it cannot be fetched, or is not the one that is known */
export async function mirroredDataset(
  set: MirroredSet,
  { signal, onProgress }: FetchOptions,
): Promise<PageDataset> {
  let came = 0;
  const failing = new AbortController();
  const stopping = AbortSignal.any([signal, failing.signal]);
  const onBytes = (count: number) => {
    came += count;
    onProgress(Math.min(1, came / set.bytes));
  };
  try {
    return await servedDataset(set, async (url) => {
      const source = url.slice(url.lastIndexOf("/") + 1);
      const { bytes: most = 0, sha256: digest } = set.known[url] ?? {};
      const fetched = await fetchBytes(url, source, { most, signal: stopping, onBytes });
      const bytes = await unpackedIdx(fetched, source);
      const found = sha256([bytes]);
      if (found !== digest) {
        throw new DataError(
          `${hostOf(set)} has another ${source} than the one that is known: its SHA-256 is ${found}, and ${digest} was expected. Nothing of it is used.`,
        );
      }
      return { source, array: parseIdx(bytes, source) };
    });
  } catch (error) {
    // What still comes of its other files is of no use.
    failing.abort();
    throw error;
  }
}

async function fetchBytes(
  url: string,
  source: string,
  options: { most: number; signal: AbortSignal; onBytes: (count: number) => void },
): Promise<Uint8Array> {
  const { most, signal, onBytes } = options;
  const { host } = new URL(url);
  let response: Response;
  try {
    response = await fetch(url, {
      ...{ signal, credentials: "omit", referrerPolicy: "no-referrer" },
      // What was wrong is fetched anew when it is tried again.
      cache: "no-store",
    });
  } catch (cause) {
    throw new DataError(
      `${host} cannot be reached, or does not let this page read ${source}. Are you online? Try again, or give four files.`,
      { cause },
    );
  }
  if (!response.ok) {
    throw new DataError(`${host} does not give ${source}: it answers with ${response.status}.`);
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (const reader = response.body!.getReader(); length <= most; ) {
      const { done, value } = await reader.read();
      if (done) return joined(pieces);
      pieces.push(value);
      length += value.length;
      onBytes(value.length);
    }
  } catch (cause) {
    throw new DataError(`${host} broke off after ${length} bytes of ${source}: try again.`, {
      cause,
    });
  }
  throw new DataError(`${host} gives more for ${source} than the ${most} bytes that it has.`);
}
