/**
 * HTTP by undici, which is loaded only when something is to be downloaded. Other than the `fetch` of
 * Node 20 it goes through a proxy, lets the time to connect be limited, and hands out bodies as they
 * were sent: gzip stays gzip, so that a range of it can be asked for.
 */
import type { Dispatcher } from "undici";
import { DataError } from "../errors.js";
import type { Timeouts } from "./limits.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Transport {
  /** Sends a GET request; redirects are followed. */
  get(
    url: string,
    headers: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<Dispatcher.ResponseData>;
  /** Ends all connections. */
  close(): Promise<void>;
}

const MOST_REDIRECTS = 5;

/**
 * @param env HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or the same in lower case
 * @throws {DataError} if a proxy variable is no URL
 */
export async function openTransport(
  { connect, stall }: Timeouts,
  env: Environment,
): Promise<Transport> {
  const { EnvHttpProxyAgent, errors, interceptors, request } = await import("undici");
  const tls = { timeout: connect };
  const agent = new EnvHttpProxyAgent({
    ...proxies(env),
    connect: tls,
    proxyTls: tls,
    requestTls: tls,
    proxyTunnel: false,
  });
  const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: MOST_REDIRECTS }));
  return {
    async get(url, headers, signal) {
      const silence = new AbortController();
      const tooLate = () => silence.abort(new errors.HeadersTimeoutError());
      const timer = setTimeout(tooLate, connect + stall);
      const either = AbortSignal.any(signal ? [silence.signal, signal] : [silence.signal]);
      const response = request(url, {
        dispatcher,
        headers: { "user-agent": "train-mnist", "accept-encoding": "identity", ...headers },
        headersTimeout: stall,
        bodyTimeout: stall,
        signal: either,
      });
      try {
        // While a proxy opens a tunnel, undici heeds neither its limits nor the signal.
        return await Promise.race([response, abortion(either)]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  };
}

/** Rejects when the signal is aborted. */
function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function proxies(env: Environment) {
  const variable = (name: string) => env[name.toLowerCase()] || env[name] || "";
  const proxy = (name: string) => {
    const url = variable(name);
    // The value is not repeated: it may hold a password.
    if (url && !URL.canParse(url)) {
      throw new DataError(`${name} is not a URL: expected one such as http://proxy:3128.`);
    }
    return url;
  };
  return {
    httpProxy: proxy("HTTP_PROXY"),
    httpsProxy: proxy("HTTPS_PROXY"),
    noProxy: variable("NO_PROXY"),
  };
}
