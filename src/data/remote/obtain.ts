/** From the name of a data set to a directory with its files, verified: cached, or downloaded. */
import { cacheRoot, datasetDirectory, inspect } from "./cache.js";
import type { CatalogueEntry, CatalogueFile } from "./catalogue.js";
import { download } from "./download.js";
import { reasonOf } from "./failures.js";
import { LIMITS, type Limits, PATIENCE, RETRIES, type Retries } from "./limits.js";
import { Mirrors } from "./mirrors.js";
import type { Environment } from "./proxies.js";
import { store } from "./store.js";

/** How far a download has come, in bytes as they are transferred. */
export interface DownloadProgress {
  readonly file: string;
  readonly received: number;
  readonly total: number | undefined;
}

export interface ObtainOptions {
  /** By default {@link cacheRoot}. */
  readonly cacheDir?: string | undefined;
  /** A URL to try before the mirrors of the catalogue; a name and a password in it are sent there. */
  readonly mirror?: string | undefined;
  /** Read for HTTPS_PROXY, HTTP_PROXY and NO_PROXY; by default the environment of the process. */
  readonly env?: Environment | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Told, in one line each, what the user should know of. */
  readonly onMessage?: ((line: string) => void) | undefined;
  /** In milliseconds, for the first byte of a file from any of the mirrors: by default 15 s for each. */
  readonly patience?: number | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly retries?: Retries | undefined;
}

/**
 * Makes sure that the cache has the files of a data set, by the digests of the catalogue. What is
 * missing is downloaded; what is damaged is said to be, and downloaded again.
 *
 * @returns the directory with the files, for `loadDirectory`
 * @throws {DownloadError} if no mirror has a file that is right
 * @throws {DataError} if the cache cannot be read or written, or a variable names no proxy
 * @throws the reason of `signal`, if that is aborted
 */
export async function obtainDataset(
  entry: CatalogueEntry,
  options: ObtainOptions = {},
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
  {
    mirror,
    env = process.env,
    signal,
    onProgress,
    onMessage,
    patience,
    retries = RETRIES,
    ...options
  }: ObtainOptions,
): Promise<void> {
  const limits = { ...LIMITS, ...options.limits };
  const urls = mirror === undefined ? entry.mirrors : [withSlash(mirror), ...entry.mirrors];
  // HTTP is loaded only when something is to be downloaded.
  const { Transport } = await import("./transport.js");
  const transport = new Transport(env);
  const mirrors = new Mirrors(urls, transport, { signal, onMessage });
  try {
    for (const file of files) {
      const report = (received: number, total: number | undefined) =>
        onProgress?.({ file: file.name, received, total });
      const onRetry = (error: unknown) => onMessage?.(`${reasonOf(error)}; trying again`);
      const how = { transport, limits, retries, signal, onProgress: report, onRetry };
      await mirrors.fetch(
        `${file.remote} of ${entry.name}`,
        patience ?? PATIENCE * urls.length,
        (base, share) =>
          store(download(base + file.remote, { ...how, patience: share }), file, directory),
      );
    }
  } finally {
    transport.close();
  }
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}
