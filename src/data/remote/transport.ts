/**
 * HTTP by undici. Other than the `fetch` of Node 20 it goes through a proxy, lets the time for an
 * answer be limited, and hands out bodies as they were sent: gzip stays gzip, so that a range of it can
 * be asked for.
 */
import type { Dispatcher } from "undici";
import { authorizationIn } from "./credentials.js";
import { discard } from "./discard.js";
import { RequestError } from "./failures.js";
import { type Environment, proxiesIn } from "./proxies.js";
import { Routes } from "./routes.js";

type Response = Dispatcher.ResponseData;

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

const USUAL = { "user-agent": "train-mnist", "accept-encoding": "identity" };

export class Transport {
  readonly #routes: Routes;

  /** @param env HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or the same in lower case */
  constructor(env: Environment) {
    this.#routes = new Routes(proxiesIn(env));
  }

  /**
   * Sends a GET request, for whose answer and body it waits until the signal comes; redirects are
   * followed.
   *
   * @throws an error for `reasonOf`; a {@link DataError} if a variable names no proxy; the reason of
   *   the signal
   */
  async get(
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Response> {
    let at = new URL(url);
    for (let redirects = 0; ; redirects++) {
      const authorization = authorizationIn(at);
      const response = await this.#routes.send(
        at,
        { ...USUAL, ...headers, ...(authorization && { authorization }) },
        signal,
      );
      const { location } = response.headers;
      if (!REDIRECTS.includes(response.statusCode) || !location) return response;
      discard(response);
      if (redirects === MOST_REDIRECTS) {
        throw new RequestError(`it redirects more than ${MOST_REDIRECTS} times`);
      }
      at = redirected(at, String(location));
    }
  }

  /** The proxy that a request goes through. Throws a {@link DataError} if a variable names none. */
  proxyFor(url: string) {
    return this.#routes.proxyFor(new URL(url));
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#routes.close();
  }
}

/** Where a redirect leads to; a name and a password go to the same server only. */
function redirected(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (to === undefined || !/^https?:$/.test(to.protocol)) {
    throw new RequestError("it redirects to what is not the URL of a server of http or https");
  }
  const isSame = to.origin === from.origin;
  to.username = isSame ? from.username : "";
  to.password = isSame ? from.password : "";
  return to;
}
