/** Runs for reports: made up, but for a network, whose answers are computed. */

import { interpreter } from "../../src/autodiff/index.js";
import { generateDigits } from "../../src/data/generated/generate.js";
import type { ReportedRun } from "../../src/report/index.js";
import { classify } from "../../src/training/index.js";
import { randomLayers } from "../support/random-network.js";

export function runWith(some: Partial<ReportedRun> = {}): ReportedRun {
  return {
    name: "plain",
    file: "plain.jsonl",
    settings: { hidden: [30], learningRate: 0.5, seed: 1 },
    dataset: { name: "mnist", sha256: "ab".repeat(32) },
    machine: { version: "0.2.0", threads: 2 },
    epochs: Array.from({ length: 9 }, (_, k) => ({
      epoch: k + 1,
      loss: 1 / (k + 1),
      trainAccuracy: 1 - 0.1 / (k + 1),
      validationAccuracy: 0.97 - 0.1 / (k + 1),
      testAccuracy: 0.96 - 0.1 / (k + 1),
      learningRate: 0.5,
      seconds: 1,
    })),
    seconds: 12.5,
    weightsSha256: "cd".repeat(32),
    remarks: [],
    ...some,
  };
}

/** A network [784,12,10] of random weights, which is wrong about most of 60 images. */
export async function runWithNetwork(some: Partial<ReportedRun> = {}): Promise<ReportedRun> {
  const network = {
    layers: randomLayers(),
    settings: { activation: "sigmoid", cost: "softmax" },
  } as const;
  const images = generateDigits({ count: 60, seed: 5 });
  const { predicted, outputs } = await classify(network, images, interpreter);
  return runWith({
    name: "network",
    file: "network.safetensors",
    network,
    tested: { images, classes: 10, predicted, outputs },
    ...some,
  });
}
