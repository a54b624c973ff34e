/** Downloading a data set before the eyes of the user. */
import { type CatalogueEntry, obtainDataset } from "../../data/remote/index.js";
import { amountBar } from "../terminal/amount-bar.js";
import { bytes } from "../terminal/format.js";
import { canDraw } from "../terminal/streams.js";
import { cacheFolder, type PlaceFlags } from "./places.js";

export interface FetchOptions extends Pick<PlaceFlags, "cacheDir"> {
  readonly mirror?: string | undefined;
  /** In milliseconds, for the first byte of a file. */
  readonly patience?: number | undefined;
  /** Says nothing but what went wrong. */
  readonly quiet?: boolean | undefined;
}

/**
 * Makes sure that a data set is in the cache. Progress goes to stderr: a bar on a terminal, plain
 * lines elsewhere, and nothing if there is nothing to download.
 *
 * @returns the directory with the files
 * @throws what `obtainDataset` does
 */
export async function fetchDataset(
  entry: CatalogueEntry,
  { cacheDir, mirror, patience, quiet = false }: FetchOptions,
  signal: AbortSignal,
): Promise<string> {
  const { stderr, env } = process;
  const bar = quiet || !canDraw(stderr, env) ? undefined : amountBar(stderr, bytes);
  const say = (line: string) => {
    bar?.clear();
    stderr.write(`${line}\n`);
  };
  let started = false;
  try {
    const directory = await obtainDataset(entry, {
      cacheDir: cacheFolder({ cacheDir }),
      mirror,
      patience,
      env,
      signal,
      onMessage: say,
      onProgress({ file, received, total }) {
        if (!started && !quiet) {
          say(`downloading ${entry.name}: ${entry.description} (${entry.licence})`);
        }
        started = true;
        bar?.update(file, received, total);
      },
    });
    if (started && !quiet) say(`${entry.name} is in ${directory}, verified`);
    return directory;
  } catch (error) {
    if (!signal.aborted) throw error;
    say("stopped; files that were complete are kept");
    throw signal.reason;
  } finally {
    bar?.clear();
  }
}
