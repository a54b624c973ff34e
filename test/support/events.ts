/** Files of events, as `train-mnist --json` prints them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "../data/fixtures.js";

export const startEvent = {
  ...{ event: "start", dataset: "rows", trainSize: 80, validationSize: 0, testSize: 20 },
  ...{ layers: [100, 6, 10], parameters: 676, executor: "engine", hidden: [6] },
  ...{ learningRate: 0.5, seed: 1 },
};

export const epochEvent = (epoch: number, some: object = {}) => ({
  ...{ event: "epoch", epoch, loss: 1 / epoch, validationAccuracy: null },
  ...{ testAccuracy: 1 - 0.5 / epoch, learningRate: 0.5, seconds: 0.5, ...some },
});

export const endEvent = {
  event: "end",
  reason: "epochs",
  seconds: 2,
  weightsSha256: "ab".repeat(32),
};

export function linesOfEvents(events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** A file of these events, which is removed at the end of the test. */
export function eventFile(name: string, events: readonly object[]): string {
  const file = join(temporaryDirectory(), name);
  writeFileSync(file, linesOfEvents(events));
  return file;
}

/** A run of two epochs that ends with this accuracy. */
export function shortRun(name: string, testAccuracy: number, settings: object = {}): string {
  const epochs = [epochEvent(1), epochEvent(2, { testAccuracy })];
  return eventFile(name, [{ ...startEvent, ...settings }, ...epochs, endEvent]);
}
