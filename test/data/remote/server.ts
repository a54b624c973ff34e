/** An HTTP server on this machine with the faults of real ones. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Server as NetServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Server {
  /** Ends with a slash. */
  readonly url: string;
  readonly requests: { path: string; range?: string; ifRange?: string; authorization?: string }[];
}

/** Opens a server at a port of its own, which this resolves to. It ends with the test. */
export async function listen(server: NetServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Gives its answers in turn, and the last one ever after. It ends with the test. */
export async function serve(...answers: Answer[]): Promise<Server> {
  const requests: Server["requests"] = [];
  const server = createServer((request, response) => {
    const { range, "if-range": ifRange, authorization } = request.headers;
    const answer = answers[Math.min(requests.length, answers.length - 1)]!;
    requests.push({
      path: request.url ?? "",
      ...(range && { range }),
      ...(typeof ifRange === "string" && { ifRange }),
      ...(authorization && { authorization }),
    });
    answer(request, response);
  });
  return { url: `http://127.0.0.1:${await listen(server)}/`, requests };
}

/** A proxy: what it was asked for, with the name and the password that came with it. */
export interface ProxyServer {
  readonly url: string;
  readonly host: string;
  readonly seen: { request: string; authorization?: string }[];
}

/**
 * Opens a proxy, which answers plain requests itself, and makes every tunnel lead to the port `to`.
 *
 * @param answer to a plain request
 * @param refusal what tunnels are refused with instead: the start of an answer
 * @param use what happens to tunnels instead, once they are opened
 */
export async function serveProxy(
  answer: Answer,
  { to, refusal, use }: { to?: number; refusal?: string; use?: (socket: Duplex) => void } = {},
): Promise<ProxyServer> {
  const seen: ProxyServer["seen"] = [];
  const note = ({ method, url, headers }: IncomingMessage) => {
    const { "proxy-authorization": authorization } = headers;
    seen.push({ request: `${method} ${url}`, ...(authorization && { authorization }) });
  };
  const server = createServer((request, response) => {
    note(request);
    answer(request, response);
  });
  server.on("connect", (request, socket) => {
    note(request);
    socket.on("error", () => {});
    if (refusal !== undefined) socket.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
    if (use !== undefined) {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n", () => use(socket));
    }
    if (to === undefined) return;
    const target = connect(to, "127.0.0.1").on("error", () => socket.destroy());
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    socket.pipe(target).pipe(socket);
  });
  const host = `127.0.0.1:${await listen(server)}`;
  return { url: `http://${host}`, host, seen };
}

/** The URL of a port on which nobody listens. */
export async function nobody(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return `http://127.0.0.1:${port}/`;
}

type Headers = { readonly [name: string]: string; readonly etag?: string };

/** All of the file, whatever was asked for. */
export function whole(bytes: Uint8Array, headers: Headers = {}): Answer {
  return (_, response) => {
    response.writeHead(200, { "content-length": bytes.length, ...headers }).end(bytes);
  };
}

/** All of the file or the rest of it, as asked for. */
export function ranged(bytes: Uint8Array, headers: Headers = {}): Answer {
  return (request, response) => {
    const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
    const validator = request.headers["if-range"];
    if (first === undefined || (validator !== undefined && validator !== headers.etag)) {
      return whole(bytes, headers)(request, response);
    }
    const range = `bytes ${first}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, {
      ...headers,
      "content-range": range,
      "content-length": bytes.length - Number(first),
    });
    response.end(bytes.subarray(Number(first)));
  };
}

/** The first half of the file, and then what `then` does with the connection. */
function half(
  bytes: Uint8Array,
  headers: Headers,
  then: (response: ServerResponse) => void,
): Answer {
  return (_, response) => {
    response.writeHead(200, { "content-length": bytes.length, ...headers });
    response.write(bytes.subarray(0, bytes.length / 2), () => then(response));
  };
}

export function closedInTheMiddle(bytes: Uint8Array, headers: Headers = {}): Answer {
  return half(bytes, headers, ({ socket }) => socket?.destroy());
}

export function resetInTheMiddle(bytes: Uint8Array, headers: Headers = {}): Answer {
  return half(bytes, headers, ({ socket }) => socket?.resetAndDestroy());
}

export function stalledInTheMiddle(
  bytes: Uint8Array,
  headers: Headers = {},
  whenStalled = () => {},
): Answer {
  return half(bytes, headers, whenStalled);
}

/** The first half of the file in chunks, of which the last one, that would say so, is missing. */
export function withoutLastChunk(bytes: Uint8Array, headers: Headers = {}): Answer {
  return (_, response) => {
    response.writeHead(200, { "transfer-encoding": "chunked", ...headers });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.end());
  };
}

/** A byte now and then, and no end. */
export const trickle: Answer = (_, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write("x"), 5);
  response.on("close", () => clearInterval(timer));
};

/** That an answer begins, and nothing of it. */
export const nothing: Answer = (_, response) => {
  response.writeHead(200, { "content-length": 100 }).flushHeaders();
};

export const silent: Answer = () => {};

export function status(code: number, headers: Headers = {}): Answer {
  return (_, response) => response.writeHead(code, headers).end("not what was asked for");
}
