/** Servers that this machine alone can reach, on one port of both of its loopback addresses. */
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemReason } from "../../files/reason.js";
import { ServingError } from "../errors/kinds.js";

/** What any client costs at most, in bytes, milliseconds, and numbers of them. */
const LIMITS = {
  maxHeaderSize: 8192,
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const;
const MOST_CONNECTIONS = 200;

/** In milliseconds, for a client that takes nothing of what it has asked for. */
const STALLED = 30_000;

/** How often a free port is looked for: one that is free for the one address may be taken for the other. */
const ATTEMPTS = 20;

export interface Listening {
  readonly port: number;
  readonly servers: readonly Server[];
}

/**
 * @param port 0 for any that is free
 * @throws {ServingError} if it is taken, or not permitted
 */
export async function listen(port: number, onRequest: RequestListener): Promise<Listening> {
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = [];
    try {
      const chosen = await bind(servers, port, "127.0.0.1", onRequest);
      try {
        await bind(servers, chosen, "::1", onRequest);
      } catch (error) {
        if (!NO_IPV6.includes(codeOf(error))) throw error;
      }
      return { port: chosen, servers };
    } catch (error) {
      for (const server of servers) server.close();
      const mayFindOther = port === 0 && codeOf(error) === "EADDRINUSE" && attempt < ATTEMPTS;
      if (!mayFindOther) throw new ServingError(inWords(port, error), { cause: error });
    }
  }
}

const NO_IPV6: readonly (string | undefined)[] = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

async function bind(
  servers: Server[],
  port: number,
  host: string,
  onRequest: RequestListener,
): Promise<number> {
  const server = createServer(LIMITS, onRequest);
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = STALLED;
  server.listen({ port, host, exclusive: true });
  await once(server, "listening");
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function inWords(port: number, error: unknown): string {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `port ${port} is taken: choose another one with --port, or leave it out for one that is free`;
    case "EACCES":
      return `port ${port} is not permitted to you: choose one from 1024 on with --port, or leave it out`;
    default:
      return `the page cannot be served on this machine: ${systemReason(error)}`;
  }
}
