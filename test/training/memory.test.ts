/** What a trainer holds on to. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { engine } from "../../src/engine/index.js";
import { type Settings, Trainer } from "../../src/training/index.js";
import { noise } from "../support/digits.js";
import { settingsWith } from "../support/training.js";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** A trainer that has been through an epoch, and the pixels of its images as far as they are still there. */
async function trained(some: Partial<Settings>) {
  const dataset = { name: "noise", classes: 10, train: noise(60, 1, 28), test: noise(20, 2, 28) };
  const trainer = new Trainer(settingsWith({ epochs: 2, ...some }), dataset, engine());
  await trainer.trainEpoch({ epoch: 1, learningRate: 0.1 });
  await trainer.measure("test");
  return { trainer, pixels: [dataset.train, dataset.test].map((set) => new WeakRef(set.pixels)) };
}

test.each<[string, Partial<Settings>]>([
  ["as they are", {}],
  ["deformed", { rotation: 10 }],
])("images are not held on to by a trainer that trains on them %s", async (_, settings) => {
  const { trainer, pixels } = await trained(settings);
  // A weak reference keeps what it refers to until the event loop goes on.
  await new Promise(setImmediate);
  collectGarbage();
  expect(pixels.map((each) => each.deref()?.length)).toEqual([undefined, undefined]);
  trainer.dispose();
});
