/** A thread that deforms images: it is told epochs, and says when each is done. */
import { parentPort, workerData } from "node:worker_threads";
import { instantiate, type Workshop } from "./workshop.js";

const deform = instantiate(workerData as Workshop);
parentPort?.on("message", (epoch: number) => {
  deform(epoch);
  parentPort?.postMessage(epoch);
});
