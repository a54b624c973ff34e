/** A server of the page in a thread of its own, which answers while this one computes. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ServingError } from "../errors/kinds.js";
import type { FromServer, ToServer } from "./messages.js";
import type { Served, ServingOptions } from "./serve.js";

/**
 * As `serve` does. A defect of the server is no end of what it shows: it is only told.
 *
 * @throws {ServingError} if it cannot listen
 */
export async function serveInThread({
  site,
  port,
  onViewers = () => {},
  onDefect,
}: ServingOptions & { readonly onDefect: (error: Error) => void }): Promise<Served> {
  const worker = new Worker(new URL("./thread.js", import.meta.url), {
    workerData: { site, port } satisfies ServingOptions,
  });
  const say = (message: ToServer) => worker.postMessage(message);
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const [first] = (await once(worker, "message")) as [FromServer];
  if (first.is !== "listening") {
    throw new ServingError(first.is === "refused" ? first.message : "the page cannot be served");
  }
  worker.on("message", (message: FromServer) => {
    if (message.is === "watched") onViewers(message.viewers);
  });
  worker.on("error", (error) => {
    onViewers(0);
    onDefect(error as Error);
  });
  return {
    port: first.port,
    address: first.address,
    send: (event) => say({ event }),
    async close() {
      say("close");
      await ended;
    },
  };
}
