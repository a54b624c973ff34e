/** A server of the page, from its beginning to its end. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { RunEvent } from "../../live/index.js";
import { answer } from "./answer.js";
import type { Site } from "./content.js";
import { listen } from "./listen.js";
import { Viewers } from "./viewers.js";

export interface ServingOptions {
  readonly site: Site;
  /** 0 for any that is free. */
  readonly port: number;
  /** Given if there is a run to watch; is told how many viewers there are when that changes. */
  readonly onViewers?: ((count: number) => void) | undefined;
}

export interface Served {
  readonly port: number;
  /** Where the page is. */
  readonly address: string;
  /** Tells all viewers. */
  send(event: RunEvent): void;
  /** Ends it, with all its connections; viewers are sent first what they have been told. */
  close(): Promise<void>;
}

/** In milliseconds, for viewers to take their last events. */
const FAREWELL = 300;

/** Listens. Throws a ServingError if that is not possible. */
export async function serve({ site, port: asked, onViewers }: ServingOptions): Promise<Served> {
  const token = randomBytes(16).toString("hex");
  const viewers = onViewers && new Viewers(onViewers);
  const hosts = new Set<string>();
  const answering = { site, token, hosts, viewers };
  const { port, servers } = await listen(asked, (request, response) => {
    void answer(request, response, answering);
  });
  for (const name of ["127.0.0.1", "[::1]", "localhost"]) {
    hosts.add(`${name}:${port}`);
    // The port of HTTP is not named.
    if (port === 80) hosts.add(name);
  }
  return {
    port,
    address: `http://127.0.0.1:${port}/${token}/`,
    send: (event) => viewers?.send(event),
    async close() {
      viewers?.end();
      const closed = Promise.all(
        servers.map((server) => {
          server.close();
          server.closeIdleConnections();
          return once(server, "close");
        }),
      );
      const timer = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, FAREWELL);
      await closed;
      clearTimeout(timer);
    },
  };
}
