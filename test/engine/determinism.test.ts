/** The same settings give the same weights, bit for bit, wherever and on however many threads. */
import { execFileSync, spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Dataset } from "../../src/data/index.js";
import { engine } from "../../src/engine/index.js";
import { type Settings, Trainer } from "../../src/training/index.js";
import { environment, linesOf, script } from "../support/command.js";
import { dataDirectory } from "../support/data-directory.js";
import { noise, separable } from "../support/digits.js";
import { reportsOf, settingsWith } from "../support/training.js";
import { widths } from "./executors.js";

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

async function hashAfter(
  some: Partial<Settings>,
  threads: number,
  simd: "128" | "256" = "128",
): Promise<string> {
  const settings = settingsWith({ hidden: [30], validationSize: 20, ...some });
  const trainer = new Trainer(settings, dataset, engine({ threads, simd }));
  await reportsOf(trainer);
  const hash = trainer.weightsSha256();
  trainer.dispose();
  return hash;
}

describe.each<Partial<Settings>>([
  { batchSize: 10 },
  { batchSize: 7, lambda: 2, cost: "softmax", hidden: [30, 13] },
  { batchSize: 50, lambda: 2, momentum: 0.5, activation: "tanh" },
  { batchSize: 50, lambda: 2, optimizer: "adam" },
  { batchSize: 10, lambda: 2, inputDropout: 0.2 },
  { batchSize: 66, hidden: [70, 65], activation: "relu", init: "he", dropout: 0.3 },
  { batchSize: 66, hidden: [515], epochs: 2 },
  { batchSize: 1, epochs: 1, cost: "quadratic", activation: "relu", init: "he" },
])("a training run with %o", (some) => {
  test("has the same weights on one to eight threads, with vectors of any width, and once more", async () => {
    const expected = await hashAfter(some, 1);
    for (const simd of widths) {
      for (const threads of [1, 2, 3, 4, 8]) {
        expect(await hashAfter(some, threads, simd)).toBe(expected);
      }
    }
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

const data = { name: "rows", classes: 10, train: separable(200, 1), test: separable(20, 2) };

/** The events of the command under a version of Node. */
function eventsUnder(node: string, args: readonly string[]) {
  const output = execFileSync(node, [script, "--json", ...args], {
    encoding: "utf8",
    env: environment(),
  });
  return linesOf(output).map((line) => JSON.parse(line));
}

/** The first of the versions that computes with 256 bits at once. */
const node256 = nodes.find(
  (node) => eventsUnder(node, ["--dataset", "generated", "--dry-run"])[0].simd === 256,
);
const NOTE_256 =
  node256 === undefined ? " (SKIPPED: TRAIN_MNIST_NODES names no Node that has them)" : "";

describe(`the command${NOTE}`, () => {
  test.skipIf(nodes.length === 0)(
    "has the same weights under every version of Node, with vectors and threads of any number",
    { timeout: 120_000 },
    () => {
      const directory = dataDirectory(data);
      const digestUnder = (node: string, flags: readonly string[]) => {
        const always = ["--data-dir", directory, "--epochs", "2", "--validation-size", "10"];
        return eventsUnder(node, [...always, ...flags]).at(-1).weightsSha256;
      };
      const digest = digestUnder(process.execPath, ["--threads", "1"]);
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      for (const node of nodes) {
        for (const simd of ["128", "auto"]) {
          for (const threads of ["1", "2", "3"]) {
            const found = digestUnder(node, ["--threads", threads, "--simd", simd]);
            expect([node, simd, threads, found]).toEqual([node, simd, threads, digest]);
          }
        }
      }
    },
  );
});

describe(`256 bits${NOTE_256}`, () => {
  test.skipIf(node256 === undefined)(
    "give what the interpreter does, and the bits that 128 give",
    { timeout: 600_000 },
    () => {
      const vitest = fileURLToPath(
        new URL("../../node_modules/vitest/vitest.mjs", import.meta.url),
      );
      const files = ["conformance", "determinism", "infinities"].map(
        (n) => `test/engine/${n}.test.ts`,
      );
      const args = [vitest, "run", "--reporter=verbose", ...files];
      const { status, stdout } = spawnSync(node256 as string, args, {
        encoding: "utf8",
        env: environment({ ONLY_256: "1" }),
      });
      expect(stdout).toContain("256 bits");
      expect(status, stdout).toBe(0);
    },
  );
});
