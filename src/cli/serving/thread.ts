/** A thread that serves the page, so that viewers take nothing from the thread that trains. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { ServingError } from "../errors/kinds.js";
import type { FromServer, ToServer } from "./messages.js";
import { type ServingOptions, serve } from "./serve.js";

const parent = parentPort as MessagePort;
const say = (message: FromServer) => parent.postMessage(message);

try {
  const { site, port } = workerData as ServingOptions;
  const onViewers = (viewers: number) => say({ is: "watched", viewers });
  const served = await serve({ site, port, onViewers });
  parent.on("message", async (message: ToServer) => {
    if (message !== "close") return served.send(message.event);
    await served.close();
    parent.close();
  });
  say({ is: "listening", port: served.port, address: served.address });
} catch (error) {
  if (!(error instanceof ServingError)) throw error;
  say({ is: "refused", message: error.message });
}
