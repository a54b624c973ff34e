/** Opening connections for undici, so that all of them can be ended, even those that never came about. */
import { connect as connectByTcp, isIP, type Socket } from "node:net";
import { connect as connectByTls } from "node:tls";
import type { buildConnector } from "undici";

export class Connections {
  readonly #sockets = new Set<Socket>();

  readonly open: buildConnector.connector = (options, callback) => {
    const socket = socketTo(options);
    this.#sockets.add(socket);
    const fail = (error: Error) => callback(error, null);
    const ready = options.protocol === "https:" ? "secureConnect" : "connect";
    socket
      .once("close", () => this.#sockets.delete(socket))
      .once("error", fail)
      .once(ready, () => callback(null, socket.off("error", fail)));
  };

  end(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

function socketTo({ protocol, hostname, port, httpSocket }: buildConnector.Options): Socket {
  const at = (usual: number) => ({ host: hostname, port: port === "" ? usual : Number(port) });
  if (protocol === "http:") return connectByTcp(at(80));
  return connectByTls({
    ...at(443),
    ...(isIP(hostname) === 0 && { servername: hostname }),
    ...(httpSocket && { socket: httpSocket }),
    ALPNProtocols: ["http/1.1"],
  });
}
