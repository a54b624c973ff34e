/** The servers that have the same files, asked one after the other until one gives a file that is right. */
import { type Advice, DataError } from "../errors.js";
import { WrongContentError } from "./content.js";
import { DownloadError, ProxyError, reasonOf } from "./failures.js";
import type { Transport } from "./transport.js";

interface MirrorsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onMessage?: ((line: string) => void) | undefined;
}

/** Who failed, and how. */
interface Failure {
  readonly who: string;
  readonly reason: string;
  /** The variable of the environment that names who failed. */
  readonly variable?: string;
}

export class Mirrors {
  /** In the order in which to try them. */
  #urls: readonly string[];
  readonly #transport: Pick<Transport, "proxyFor">;
  readonly #options: MirrorsOptions;

  constructor(
    urls: readonly string[],
    transport: Pick<Transport, "proxyFor">,
    options: MirrorsOptions,
  ) {
    this.#urls = urls;
    this.#transport = transport;
    this.#options = options;
  }

  /**
   * Fetches a file from the first mirror that has it, which is the first to be asked for the next one.
   * After a failure of a proxy, no other mirror is asked through the same.
   *
   * @param what the name of the file, for messages
   * @param patience for the first byte, in milliseconds, of which each mirror has its share
   * @param from fetches it from one mirror
   * @throws {DownloadError} if none has it
   */
  async fetch(
    what: string,
    patience: number,
    from: (url: string, patience: number) => Promise<void>,
  ): Promise<void> {
    const { signal, onMessage } = this.#options;
    const failures: Failure[] = [];
    let left = this.#urls;
    for (let time = patience; left.length > 0; ) {
      const [url = "", ...others] = left;
      const share = time / left.length;
      const start = performance.now();
      try {
        await from(url, share);
        this.#urls = [url, ...this.#urls.filter((each) => each !== url)];
        return;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof DataError) throw error;
        const failure = this.#failureOf(url, error);
        failures.push(failure);
        left = others;
        if (error instanceof ProxyError) {
          const { origin } = error.proxy;
          left = others.filter((each) => this.#transport.proxyFor(each)?.origin !== origin);
        }
        time -= Math.min(performance.now() - start, share);
        const { who, reason } = failure;
        if (left.length > 0) onMessage?.(`${who}: ${reason}; trying the next mirror`);
      }
    }
    throw cannotDownload(what, failures);
  }

  #failureOf(url: string, error: unknown): Failure {
    if (error instanceof ProxyError) {
      const { host, variable } = error.proxy;
      return { who: `the proxy ${host} of ${variable}`, reason: error.message, variable };
    }
    const proxy = this.#transport.proxyFor(url);
    const by = proxy === undefined ? "" : ` (through the proxy ${proxy.host})`;
    const wrong = error instanceof WrongContentError;
    return {
      who: `${new URL(url).host}${by}`,
      reason: wrong ? `the file ${error.message}` : reasonOf(error),
    };
  }
}

/** One sentence, in which those that failed in the same way are named together. */
function cannotDownload(what: string, failures: readonly Failure[]): DownloadError {
  const groups = new Map<string, string[]>();
  for (const { who, reason } of failures) {
    groups.set(reason, [...(groups.get(reason) ?? []), who]);
  }
  const reasons = [...groups].map(([reason, all]) => `${all.join(", ")}: ${reason}`);
  const variable = failures.every((each) => each.variable) && failures[0]?.variable;
  const mending: readonly Advice[] = variable
    ? [{ words: `set ${variable} right` }]
    : [{ words: "try again later" }, { words: "name another mirror", remedy: "other mirror" }];
  return new DownloadError(`Cannot download ${what} (${reasons.join("; ")})`, {
    advice: [...mending, { words: "name a folder that has the files", remedy: "other folder" }],
  });
}
