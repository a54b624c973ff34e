/** A thread that serves the page, so that viewers take nothing from the thread that trains. */
import { setTimeout } from "node:timers/promises";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { DataError } from "../../data/errors.js";
import type { NetworkState } from "../../live/index.js";
import { ServingError } from "../errors/kinds.js";
import type { FromServer, ThreadData, ToServer } from "./messages.js";
import { type Served, serve } from "./serve.js";

const { site, port, test } = workerData as ThreadData;
const parent = parentPort as MessagePort;
const post = (message: FromServer) => parent.postMessage(message);

try {
  const onViewers = (viewers: number) => post({ is: "viewers", viewers });
  const served = await serve({ site, port, onViewers });
  let handled = Promise.resolve();
  parent.on("message", (message: ToServer) => {
    handled = handled.then(() => handle(message, served));
  });
  post({ is: "listening", port: served.port, address: served.address });
} catch (error) {
  if (!(error instanceof ServingError)) throw error;
  post({ is: "refused", message: error.message });
}

async function handle(message: ToServer, served: Served): Promise<void> {
  if (message === "close") {
    await served.close();
    parent.close();
  } else if ("event" in message) served.send(message.event);
  else await sendSnapshot(message.state, served);
}

/** How many times as long as a snapshot took the thread rests after it: training may need this processor, too. */
const REST = 40;

/** The first takes many times as long as those that follow: code is loaded and compiled for it. */
let isFirst = true;

async function sendSnapshot(state: NetworkState, served: Served): Promise<void> {
  const { snapshotEvents } = await import("../../live/snapshot.js");
  const start = performance.now();
  try {
    for (const event of await snapshotEvents(state, test)) served.send(event);
  } catch (error) {
    // Outputs that are no numbers: training tells of that in its own words.
    if (!(error instanceof DataError)) throw error;
  }
  const rest = isFirst ? 0 : REST * (performance.now() - start);
  isFirst = false;
  void setTimeout(rest, undefined, { ref: false }).then(() => post({ is: "idle" }));
}
