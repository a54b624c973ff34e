import { describe, expect, test } from "vitest";
import type { Variable } from "../../../src/autodiff/index.js";
import {
  type ActivationName,
  activationNames,
  type CostName,
  costNames,
  generator,
  initialise,
} from "../../../src/nn/index.js";
import { slopesAt } from "../../../src/page/step/model/differences.js";
import { largestOf } from "../../../src/page/step/model/large.js";
import { nodeNamed } from "../../../src/page/step/model/sweep.js";
import { unitOf } from "../../../src/page/step/model/unit.js";
import { answering } from "../../../src/report/answering.js";
import { valuesIn } from "./subjects.js";

const pixels = Uint8Array.from({ length: 16 }, (_, i) => (i * 89) % 256);

function networkOf(sizes: readonly number[], activation: ActivationName, cost: CostName) {
  const theta = initialise("default", sizes, generator(3, "weights"));
  return { name: "a network", classes: ["cat", "dog", "owl"], theta, activation, cost };
}

describe("a unit of a real network", () => {
  test.each(
    activationNames.flatMap((activation) => costNames.map((cost) => ({ activation, cost }))),
  )("has the number that the network gives: $activation, $cost", ({ activation, cost }) => {
    const network = networkOf([16, 20, 5, 3], activation, cost);
    const { outputs, hidden } = answering(network)(pixels);
    for (let k = 0; k < 3; k++) {
      const unit = unitOf({ network, pixels, title: "an image" }, k);
      if (unit === undefined) throw new Error("there should be a unit");
      const values = valuesIn(unit);
      const expected = (cost === "softmax" ? hidden[1] : outputs)?.[k] as number;
      expect(values.get(unit.sweep.result.symbol)?.data[0]).toBeCloseTo(expected, 12);
      expect(unit.units.chosen).toBe(k);
      expect(unit.derivations.every(({ chain }) => chain.holds)).toBe(true);
      for (const name of ["w", "a", "b"]) {
        const node = nodeNamed(unit.sweep, name)!;
        const bars = values.get(node.bar as Variable)!.data;
        const slopes = slopesAt(unit.sweep, values, node, 1e-5).data;
        const largest = largestOf(values.get(node.bar as Variable)!);
        expect(slopes[largest]).toBeCloseTo(bars[largest]!, 6);
      }
    }
  });

  test("is the network's answer unless another is asked for", () => {
    const network = networkOf([16, 5, 3], "relu", "cross-entropy");
    const { predicted } = answering(network)(pixels);
    const unit = unitOf({ network, pixels, title: "an image" }, undefined);
    expect(unit?.units.chosen).toBe(predicted);
    expect(unit?.units.about).toMatch(/the output for (cat|dog|owl) of a network, for an image/);
    expect(unitOf({ network, pixels, title: "an image" }, 99)?.units.chosen).toBe(predicted);
  });

  test("is there without hidden layers, but not where outputs depend on each other", () => {
    const seen = (cost: CostName) => ({
      network: networkOf([16, 3], "sigmoid", cost),
      pixels,
      title: "an image",
    });
    expect(unitOf(seen("quadratic"), 1)?.sweep.nodes.at(0)?.symbol.shape).toEqual([1, 16]);
    expect(unitOf(seen("softmax"), 1)).toBeUndefined();
  });
});
