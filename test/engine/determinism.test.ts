/** The same settings give the same weights, bit for bit, wherever and on however many threads. */
import { execFileSync } from "node:child_process";
import { delimiter } from "node:path";
import { describe, expect, test } from "vitest";
import type { Dataset } from "../../src/data/index.js";
import { engine } from "../../src/engine/index.js";
import { type Settings, Trainer } from "../../src/training/index.js";
import { environment, linesOf, script } from "../support/command.js";
import { dataDirectory } from "../support/data-directory.js";
import { noise, separable } from "../support/digits.js";
import { reportsOf, settingsWith } from "../support/training.js";

/** Noise in three quarters of the pixels: lists of every length. */
function sparseNoise(count: number, seed: number) {
  const images = noise(count, seed, 20);
  return { ...images, pixels: images.pixels.map((pixel) => Math.max(0, pixel - 64)) };
}

const dataset: Dataset = {
  name: "noise",
  classes: 10,
  train: sparseNoise(130, 1),
  test: sparseNoise(30, 2),
};

async function hashAfter(some: Partial<Settings>, threads: number): Promise<string> {
  const settings = settingsWith({ hidden: [30], validationSize: 20, ...some });
  const trainer = new Trainer(settings, dataset, engine({ threads }));
  await reportsOf(trainer);
  const hash = trainer.weightsSha256();
  trainer.dispose();
  return hash;
}

describe.each<Partial<Settings>>([
  { batchSize: 10 },
  { batchSize: 7, lambda: 2, cost: "softmax", hidden: [30, 13] },
  { batchSize: 50, lambda: 2, momentum: 0.5, activation: "tanh" },
  { batchSize: 66, hidden: [70, 65], activation: "relu", init: "he", dropout: 0.3 },
  { batchSize: 1, epochs: 1, cost: "quadratic", activation: "relu", init: "he" },
])("a training run with %o", (some) => {
  test("has the same weights on one, two and three threads, and once more", async () => {
    const expected = await hashAfter(some, 1);
    for (const threads of [1, 2, 3]) expect(await hashAfter(some, threads)).toBe(expected);
  });

  test("has other weights with another seed", async () => {
    expect(await hashAfter({ ...some, seed: 2 }, 1)).not.toBe(await hashAfter(some, 1));
  });
});

/** Other versions of Node to compare with, if the environment names any. */
const { TRAIN_MNIST_NODES = "" } = process.env;
const nodes = TRAIN_MNIST_NODES.split(delimiter).filter((path) => path !== "");
const NOTE =
  nodes.length > 0 ? "" : " (SKIPPED: TRAIN_MNIST_NODES names no other versions of Node)";

describe(`the command${NOTE}`, () => {
  test.skipIf(nodes.length === 0)("has the same weights under every version of Node", () => {
    const data = { name: "rows", classes: 10, train: separable(200, 1), test: separable(20, 2) };
    const flags = ["--json", "--data-dir", dataDirectory(data), "--epochs", "2"];
    const hashUnder = (node: string): unknown => {
      const args = [script, ...flags, "--validation-size", "10", "--threads", "2"];
      const output = execFileSync(node, args, { encoding: "utf8", env: environment() });
      return JSON.parse(linesOf(output).at(-1) as string).weightsSha256;
    };
    const expected = hashUnder(process.execPath);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
    expect(nodes.map((node) => [node, hashUnder(node)])).toEqual(
      nodes.map((node) => [node, expected]),
    );
  });
});
