// Reads a run's JSON lines from standard input and checks their order.
import { readFileSync } from "node:fs";

const events = readFileSync(0, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line).event);
if (events.join() !== "start,epoch,epoch,end") throw new Error(`unexpected events: ${events}`);
console.log(`events: ${events}`);
