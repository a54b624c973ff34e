/** From the name of a data set to a directory with its files, verified: cached, or downloaded. */
import { DataError } from "../errors.js";
import { cacheRoot, datasetDirectory, inspect } from "./cache.js";
import type { CatalogueEntry, CatalogueFile } from "./catalogue.js";
import { WrongContentError } from "./content.js";
import { download } from "./download.js";
import { reasonOf } from "./failures.js";
import type { Retries, Timeouts } from "./limits.js";
import { store } from "./store.js";
import { openTransport } from "./transport.js";

/** No mirror gave what was asked for. */
export class DownloadError extends DataError {}

/** How far a download has come, in bytes as they are transferred. */
export interface DownloadProgress {
  readonly file: string;
  readonly received: number;
  readonly total: number | undefined;
}

export interface ObtainOptions {
  /** By default {@link cacheRoot}. */
  readonly cacheDir?: string | undefined;
  /** A URL to try before the mirrors of the catalogue. */
  readonly mirror?: string | undefined;
  /** Read for HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Told, in one line each, what the user should know of. */
  readonly onMessage?: ((line: string) => void) | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly retries?: Retries | undefined;
}

/** In milliseconds. */
const STALL = 15_000;

/**
 * What all mirrors together may take to connect to. The timers of undici add up to a second to each
 * limit; without a network, three mirrors are given up in less than ten seconds.
 */
const ALL_CONNECTS = 6_000;
const LONGEST_CONNECT = 5_000;

const RETRIES: Retries = { most: 4, pause: 500 };

/**
 * Makes sure that the cache has the files of a data set, by the digests of the catalogue. What is
 * missing is downloaded; what is damaged is said to be, and downloaded again.
 *
 * @returns the directory with the files
 * @throws {DownloadError} if no mirror has a file that is right
 * @throws {DataError} if the cache cannot be read or written
 * @throws the reason of `signal`, if that is aborted
 */
export async function obtainDataset(
  entry: CatalogueEntry,
  options: ObtainOptions,
): Promise<string> {
  const { cacheDir = cacheRoot(), signal, onMessage } = options;
  const directory = datasetDirectory(cacheDir, entry);
  const wanted: CatalogueFile[] = [];
  for (const file of entry.files) {
    signal?.throwIfAborted();
    const state = await inspect(directory, file);
    if (state.is === "wrong") onMessage?.(`${state.path} ${state.how}: fetching it again`);
    if (state.is !== "right") wanted.push(file);
  }
  if (wanted.length > 0) await fetchFiles(entry, wanted, directory, options);
  return directory;
}

async function fetchFiles(
  entry: CatalogueEntry,
  files: readonly CatalogueFile[],
  directory: string,
  options: ObtainOptions,
): Promise<void> {
  const { mirror, env, signal, onProgress, onMessage, retries = RETRIES } = options;
  let mirrors = mirror === undefined ? entry.mirrors : [withSlash(mirror), ...entry.mirrors];
  const connect = Math.min(LONGEST_CONNECT, ALL_CONNECTS / mirrors.length);
  const transport = await openTransport({ connect, stall: STALL, ...options.timeouts }, env);
  try {
    for (const file of files) {
      const report = (received: number, total: number | undefined) =>
        onProgress?.({ file: file.name, received, total });
      const onRetry = (error: unknown) => onMessage?.(`${reasonOf(error)}; trying again`);
      const how = { transport, retries, signal, onProgress: report, onRetry };
      const fetchFrom = (url: string) => store(download(url, how), file, directory);
      const found = await firstThatHas(file, mirrors, entry, options, fetchFrom);
      mirrors = [found, ...mirrors.filter((each) => each !== found)];
    }
  } finally {
    await transport.close();
  }
}

/** Tries one mirror after the other; resolves to the one that worked. */
async function firstThatHas(
  { remote }: CatalogueFile,
  mirrors: readonly string[],
  entry: CatalogueEntry,
  { signal, onMessage }: ObtainOptions,
  fetchFrom: (url: string) => Promise<void>,
): Promise<string> {
  const failures = new Map<string, string[]>();
  for (const [i, mirror] of mirrors.entries()) {
    try {
      await fetchFrom(mirror + remote);
      return mirror;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof DataError) throw error;
      const { host } = new URL(mirror);
      const wrong = error instanceof WrongContentError;
      const reason = wrong ? `the file ${error.message}` : reasonOf(error);
      failures.set(reason, [...(failures.get(reason) ?? []), host]);
      if (i < mirrors.length - 1) onMessage?.(`${host}: ${reason}; trying the next mirror`);
    }
  }
  const reasons = [...failures].map(([reason, hosts]) => `${hosts.join(", ")}: ${reason}`);
  throw new DownloadError(
    `Cannot download ${remote} of ${entry.name} (${reasons.join("; ")}): try again later, name ` +
      "another mirror, or a folder that has the files.",
    { remedy: "other source" },
  );
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}
