/** A network [784,12,10] of random weights, which is wrong about most images. */
import { matrixOf } from "../../src/autodiff/index.js";
import type { Checkpoint } from "../../src/checkpoints/index.js";
import type { CostName } from "../../src/nn/index.js";
import { generator, normal } from "../../src/random.js";
import { someCheckpoint } from "./checkpoints.js";
import { settingsWith } from "./training.js";

export function randomLayers() {
  const random = generator(3, "weights");
  const layer = (rows: number, columns: number) => ({
    w: matrixOf(
      [rows, columns],
      Float32Array.from({ length: rows * columns }, () => normal(random) / Math.sqrt(columns)),
    ),
    b: matrixOf([rows, 1], new Float32Array(rows)),
  });
  return [layer(12, 784), layer(10, 12)];
}

export function randomCheckpoint(cost: CostName): Checkpoint {
  return someCheckpoint({
    layers: randomLayers(),
    settings: settingsWith({ hidden: [12], cost, trainSize: 40 }),
    state: new Map(),
  });
}
