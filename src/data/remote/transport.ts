/**
 * HTTP by way of a proxy where there is one, with redirects. Bodies are handed out as they were sent:
 * gzip stays gzip, so that a range of it can be asked for.
 */
import { authorizationIn, withoutCredentials } from "./credentials.js";
import { discard } from "./discard.js";
import { RequestError } from "./failures.js";
import { type Environment, proxiesIn } from "./proxies.js";
import { type Response, Routes } from "./routes.js";

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
        new URL(withoutCredentials(at.href)),
        { ...USUAL, ...headers, ...(authorization && { authorization }) },
        signal,
      );
      const { location } = response.headers;
      if (!REDIRECTS.includes(response.statusCode ?? 0) || !location) return response;
      discard(response);
      if (redirects === MOST_REDIRECTS) {
        throw new RequestError(`it redirects more than ${MOST_REDIRECTS} times`);
      }
      at = redirected(at, location);
    }
  }

  /** The proxy that a request goes through. Throws a {@link DataError} if a variable names none. */
  proxyFor(url: string) {
    return this.#routes.proxyFor(new URL(url));
  }

  /** Ends all connections. */
  close(): void {
    this.#routes.close();
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
