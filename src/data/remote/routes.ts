/** Sending requests, directly or through a proxy, whose own failures are told apart from others. */
import type { Socket } from "node:net";
import { Agent, type buildConnector, type Dispatcher } from "undici";
import { Connections } from "./connections.js";
import { HttpError, ProxyError, SilenceError } from "./failures.js";
import type { HttpProxy } from "./proxies.js";

type Headers = Readonly<Record<string, string>>;

export class Routes {
  readonly proxyFor: (url: URL) => HttpProxy | undefined;
  readonly #connections = new Connections();
  readonly #agents = new Map<string, Agent>();
  /** The proxies to which there was a connection. */
  readonly #reached = new Set<string>();

  constructor(proxyFor: (url: URL) => HttpProxy | undefined) {
    this.proxyFor = proxyFor;
  }

  /** Sends one GET request. */
  async send(url: URL, headers: Headers, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const proxy = this.proxyFor(url);
    try {
      // While it connects, undici does not heed the signal.
      return await Promise.race([this.#request(url, proxy, headers, signal), abortion(signal)]);
    } catch (error) {
      if (proxy === undefined || this.#reached.has(proxy.origin)) throw error;
      throw error instanceof SilenceError ? new ProxyError(proxy, error) : error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()));
    this.#connections.end();
  }

  async #request(url: URL, proxy: HttpProxy | undefined, headers: Headers, signal: AbortSignal) {
    const { origin, pathname, search, protocol, host } = url;
    const path = pathname + search;
    const options = { method: "GET", headersTimeout: 0, bodyTimeout: 0, signal } as const;
    if (proxy === undefined || protocol === "https:") {
      const agent = proxy === undefined ? this.#direct() : this.#throughTunnel(proxy);
      return agent.request({ ...options, origin, path, headers });
    }
    const response = await this.#toProxy(proxy).request({
      ...options,
      origin: proxy.origin,
      path: origin + path,
      headers: { host, ...headers, ...authorized(proxy) },
    });
    if (response.statusCode !== 407) return response;
    response.body.on("error", () => {}).destroy();
    throw new ProxyError(proxy, new HttpError(407));
  }

  #direct(): Agent {
    return this.#agent("direct", this.#connections.open);
  }

  #toProxy(proxy: HttpProxy): Agent {
    return this.#agent(`to ${proxy.origin}`, (options, callback) => {
      this.#connections.open(options, (error, socket) => {
        if (error) return callback(new ProxyError(proxy, error), null);
        this.#reached.add(proxy.origin);
        callback(null, socket);
      });
    });
  }

  /** For https: the proxy connects to the server, and hands on bytes that it cannot read (RFC 9110 §9.3.6). */
  #throughTunnel(proxy: HttpProxy): Agent {
    return this.#agent(`through ${proxy.origin}`, (options, callback) => {
      this.#tunnel(proxy, options).then(
        (httpSocket) => this.#connections.open({ ...options, httpSocket }, callback),
        (error: Error) => callback(error, null),
      );
    });
  }

  async #tunnel(proxy: HttpProxy, { hostname, port }: buildConnector.Options) {
    const name = hostname.includes(":") ? `[${hostname}]` : hostname;
    const path = `${name}:${port || 443}`;
    const headers = { host: path, ...authorized(proxy) };
    const { statusCode, socket } = await this.#toProxy(proxy).connect({
      origin: proxy.origin,
      path,
      headers,
    });
    if (statusCode === 200) return socket as Socket;
    socket.on("error", () => {}).destroy();
    if (statusCode === 407) throw new ProxyError(proxy, new HttpError(statusCode));
    throw new HttpError(statusCode, "the proxy answers with ");
  }

  #agent(name: string, connect: buildConnector.connector): Agent {
    const agent = this.#agents.get(name) ?? new Agent({ connect });
    this.#agents.set(name, agent);
    return agent;
  }
}

function authorized({ authorization }: HttpProxy): Headers {
  return authorization === undefined ? {} : { "proxy-authorization": authorization };
}

/** Rejects when the signal is aborted. */
function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
