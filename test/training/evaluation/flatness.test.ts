import { describe, expect, test } from "vitest";
import { interpreter } from "../../../src/autodiff/index.js";
import type { Dataset } from "../../../src/data/index.js";
import type { ActivationName } from "../../../src/nn/index.js";
import { Trainer } from "../../../src/training/index.js";
import {
  plain,
  plainActivations,
  sampleOf,
  weightedInputs,
} from "../../support/backpropagation.js";
import { noise } from "../../support/digits.js";
import { parametersOf, settingsWith } from "../../support/training.js";

const LARGE = 6;

const datasetOf = (test: number): Dataset => ({
  name: "noise",
  classes: 10,
  train: noise(10, 1, 3),
  test: noise(test, 2, 3),
});

/** A network whose weights are so large that some units are flat for some images, and others not. */
function trainerFor(activation: ActivationName, hidden: number[], dataset: Dataset): Trainer {
  const trainer = new Trainer(settingsWith({ activation, hidden }), dataset, interpreter);
  trainer.restore(
    trainer.state().map((each) => ({ ...each, elements: each.elements.map((x) => LARGE * x) })),
  );
  return trainer;
}

describe("the flat part", () => {
  test.each(["sigmoid", "tanh", "relu"] as const)(
    "of hidden activations by %s is that with a derivative below 0.01, for the first 200 test images",
    (activation) => {
      const dataset = datasetOf(230);
      const trainer = trainerFor(activation, [7, 4], dataset);
      const network = plain(parametersOf(trainer));
      const slopes = Array.from({ length: 200 }, (_, i) =>
        weightedInputs(network, sampleOf(dataset.test, i), activation).slice(0, -1),
      )
        .flat(2)
        .map(plainActivations[activation].derivative);
      const part = slopes.filter((slope) => slope < 0.01).length / slopes.length;
      expect(part).toBeGreaterThan(0.02);
      expect(part).toBeLessThan(0.98);
      expect(trainer.flatPart()).toBeCloseTo(part, 12);
    },
  );

  test("is of fewer images where there are fewer, and 0 without hidden units", () => {
    expect(trainerFor("sigmoid", [7], datasetOf(3)).flatPart()).toBeLessThanOrEqual(1);
    expect(trainerFor("sigmoid", [], datasetOf(3)).flatPart()).toBe(0);
  });
});
