/** A thread that serves the page, so that viewers take nothing from the thread that trains. */
import { setTimeout } from "node:timers/promises";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { DataError } from "../../data/errors.js";
import type { Glimpse } from "../../live/index.js";
import { ServingError } from "../errors/kinds.js";
import type { FromServer, ThreadData, ToServer } from "./messages.js";
import { type Served, serve } from "./serve.js";

const { site, port, test } = workerData as ThreadData;
const parent = parentPort as MessagePort;
const say = (message: FromServer) => parent.postMessage(message);

try {
  const onViewers = (viewers: number) => say({ is: "watched", viewers });
  const served = await serve({ site, port, onViewers });
  let heeded = Promise.resolve();
  parent.on("message", (message: ToServer) => {
    heeded = heeded.then(() => heed(message, served));
  });
  say({ is: "listening", port: served.port, address: served.address });
} catch (error) {
  if (!(error instanceof ServingError)) throw error;
  say({ is: "refused", message: error.message });
}

async function heed(message: ToServer, served: Served): Promise<void> {
  if (message === "close") {
    await served.close();
    parent.close();
  } else if ("event" in message) served.send(message.event);
  else await tellOf(message.glimpse, served);
}

/** How much longer than a look it rests: training may need this processor, too. */
const REST = 40;

async function tellOf(glimpse: Glimpse, served: Served): Promise<void> {
  const { seen } = await import("../../live/look.js");
  const start = performance.now();
  try {
    for (const event of await seen(glimpse, test)) served.send(event);
  } catch (error) {
    // Outputs that are no numbers: training tells of that in its own words.
    if (!(error instanceof DataError)) throw error;
  }
  const rest = REST * (performance.now() - start);
  void setTimeout(rest, undefined, { ref: false }).then(() => say({ is: "rested" }));
}
