/** A server of the page in a thread of its own, which answers while this one computes. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { NetworkState } from "../../live/index.js";
import { ServingError } from "../errors/kinds.js";
import type { FromServer, ThreadData, ToServer } from "./messages.js";
import type { Served } from "./serve.js";

export interface InThreadOptions extends ThreadData {
  readonly onDefect: (error: Error) => void;
}

export interface ServedInThread extends Served {
  /** Whether someone watches, and the thread has the time to make another snapshot. */
  readonly wantsSnapshot: boolean;
  /** Has the thread make a snapshot of the network, and send it to all viewers. */
  sendState(state: NetworkState): void;
}

/**
 * As `serve` does. A defect of the server is no end of what it shows: it is only told.
 *
 * @throws {ServingError} if it cannot listen
 */
export async function serveInThread({
  site,
  port,
  test,
  onDefect,
}: InThreadOptions): Promise<ServedInThread> {
  const worker = new Worker(new URL("./thread.js", import.meta.url), {
    workerData: { site, port, test } satisfies ThreadData,
  });
  const post = (message: ToServer) => worker.postMessage(message);
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const [first] = (await once(worker, "message")) as [FromServer];
  if (first.is !== "listening") {
    throw new ServingError(first.is === "refused" ? first.message : "the page cannot be served");
  }
  let viewers = 0;
  let isBusy = false;
  worker.on("message", (message: FromServer) => {
    if (message.is === "viewers") viewers = message.viewers;
    if (message.is === "idle") isBusy = false;
  });
  worker.on("error", (error) => {
    viewers = 0;
    onDefect(error as Error);
  });
  return {
    port: first.port,
    address: first.address,
    get wantsSnapshot() {
      return viewers > 0 && !isBusy;
    },
    sendState(state) {
      isBusy = true;
      post({ state });
    },
    send: (event) => post({ event }),
    async close() {
      post("close");
      await ended;
    },
  };
}
