/** A server of the page in a thread of its own, which answers while this one computes. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Glimpse } from "../../live/index.js";
import { ServingError } from "../errors/kinds.js";
import type { FromServer, ThreadData, ToServer } from "./messages.js";
import type { Served } from "./serve.js";

export interface InThreadOptions extends ThreadData {
  readonly onDefect: (error: Error) => void;
}

export interface ServedInThread extends Served {
  /** Whether someone watches, and another look would not be too much. */
  readonly isCurious: boolean;
  /** Tells all viewers what is seen there. */
  look(glimpse: Glimpse): void;
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
  const say = (message: ToServer) => worker.postMessage(message);
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const [first] = (await once(worker, "message")) as [FromServer];
  if (first.is !== "listening") {
    throw new ServingError(first.is === "refused" ? first.message : "the page cannot be served");
  }
  let viewers = 0;
  let isResting = false;
  worker.on("message", (message: FromServer) => {
    if (message.is === "watched") viewers = message.viewers;
    if (message.is === "rested") isResting = false;
  });
  worker.on("error", (error) => {
    viewers = 0;
    onDefect(error as Error);
  });
  return {
    port: first.port,
    address: first.address,
    get isCurious() {
      return viewers > 0 && !isResting;
    },
    look(glimpse) {
      isResting = true;
      say({ glimpse });
    },
    send: (event) => say({ event }),
    async close() {
      say("close");
      await ended;
    },
  };
}
