/** Sending requests, directly or through a proxy, whose own failures are told apart from others. */
import { Agent, request as byHttp, type IncomingMessage } from "node:http";
import { request as byHttps, Agent as SecureAgent } from "node:https";
import { isIP, type Socket } from "node:net";
import { connect } from "node:tls";
import { discard } from "./discard.js";
import { HttpError, ProxyError, RequestError } from "./failures.js";
import type { HttpProxy } from "./proxies.js";

export type Response = IncomingMessage;

type Headers = Readonly<Record<string, string>>;

interface Options {
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly method?: "CONNECT";
  /** By default that of the URL. */
  readonly path?: string;
  readonly agent?: Agent;
  readonly createConnection?: () => Socket;
}

/** What answers a request, and its connection if that is no longer one of HTTP. */
interface Answer {
  readonly response: Response;
  readonly socket?: Socket;
}

export class Routes {
  readonly proxyFor: (url: URL) => HttpProxy | undefined;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #secureAgent = new SecureAgent({ keepAlive: true });

  constructor(proxyFor: (url: URL) => HttpProxy | undefined) {
    this.proxyFor = proxyFor;
  }

  /** Sends one GET request to a URL without credentials. Throws the reason of the signal. */
  async send(url: URL, headers: Headers, signal: AbortSignal): Promise<Response> {
    const proxy = this.proxyFor(url);
    if (proxy === undefined) return (await this.#ask(url, { headers, signal })).response;
    if (url.protocol === "https:") return this.#sendByTunnel(url, headers, signal, proxy);
    const { origin, pathname, search, host } = url;
    const path = origin + pathname + search;
    const options = { path, headers: { host, ...headers }, signal };
    return (await this.#askProxy(proxy, options)).response;
  }

  /** Ends all connections; a tunnel ends with its answer. */
  close(): void {
    this.#agent.destroy();
    this.#secureAgent.destroy();
  }

  #ask(url: URL, options: Options, proxy?: HttpProxy): Promise<Answer> {
    const agent = url.protocol === "https:" ? this.#secureAgent : this.#agent;
    return answerTo(url, { ...options, agent }, proxy);
  }

  async #askProxy(proxy: HttpProxy, { headers, ...options }: Options): Promise<Answer> {
    const { origin, authorization } = proxy;
    const authorized = authorization === undefined ? {} : { "proxy-authorization": authorization };
    const all = { ...headers, ...authorized };
    const answer = await this.#ask(new URL(origin), { ...options, headers: all }, proxy);
    if (answer.response.statusCode !== 407) return answer;
    discard(answer.response, answer.socket);
    throw new ProxyError(proxy, new HttpError(407));
  }

  /** The proxy connects to the server, and hands on bytes that it cannot read (RFC 9110 §9.3.6). */
  async #sendByTunnel(url: URL, headers: Headers, signal: AbortSignal, proxy: HttpProxy) {
    const path = `${url.hostname}:${url.port || 443}`;
    const asking = { method: "CONNECT", path, headers: { host: path }, signal } as const;
    const { response, socket } = await this.#askProxy(proxy, asking);
    try {
      const { statusCode = 0 } = response;
      if (socket === undefined || statusCode !== 200) {
        throw new HttpError(statusCode, "the proxy answers with ");
      }
      const createConnection = () => encrypted(socket, url);
      return (await answerTo(url, { headers, signal, createConnection })).response;
    } catch (error) {
      discard(response, socket);
      throw error;
    }
  }
}

/**
 * Sends a request.
 *
 * @param proxy the one that it is sent to, if it is, which is blamed until there is a connection
 */
function answerTo(url: URL, options: Options, proxy?: HttpProxy): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    const isSecure = url.protocol === "https:";
    let blamed = proxy;
    const fail = (failure: unknown) => {
      const error: unknown = signal.aborted ? signal.reason : failure;
      reject(blamed === undefined ? error : new ProxyError(blamed, error));
    };
    const reached = () => {
      blamed = undefined;
    };
    signal.throwIfAborted();
    (isSecure ? byHttps : byHttp)(url, options)
      .on("socket", (socket) => {
        if (!socket.connecting) reached();
        socket.once(isSecure ? "secureConnect" : "connect", reached);
      })
      .on("response", (response) => resolve({ response }))
      .on("connect", (response, socket, head) => {
        socket.on("error", () => {}).unshift(head);
        resolve({ response, socket });
      })
      .on("upgrade", (response, socket) => {
        socket.destroy();
        resolve({ response });
      })
      .on("error", fail)
      .on("close", () => fail(new RequestError("the connection was closed")))
      .end();
  });
}

function encrypted(socket: Socket, { hostname }: URL): Socket {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const ALPNProtocols = ["http/1.1"];
  return connect({ socket, host, ALPNProtocols, ...(isIP(host) === 0 && { servername: host }) });
}
